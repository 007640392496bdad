import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeExposition,
  parseExposition,
  writeExposition,
  type ExpositionFormat,
  type MetricFamily,
} from '../../src/index.ts';

describe('writeExposition', () => {
  test('writes help, type and samples with numbers in the format of Go', () => {
    const family: MetricFamily = {
      name: 'app_seconds_total',
      type: 'counter',
      help: 'Two\nlines \\ and "quotes".',
      samples: [
        { name: 'app_seconds_total', labels: {}, value: 12_345_678 },
        {
          name: 'app_seconds_total',
          labels: { path: 'a"b\\c\n' },
          value: 0.00001,
          timestampMs: 1_700_000_000_000,
        },
      ],
    };
    expect(writeExposition([family])).toBe(
      [
        '# HELP app_seconds_total Two\\nlines \\\\ and "quotes".',
        '# TYPE app_seconds_total counter',
        'app_seconds_total 1.2345678e+07',
        'app_seconds_total{path="a\\"b\\\\c\\n"} 1e-05 1700000000000',
        '',
      ].join('\n'),
    );
  });

  test('quotes names outside the old alphabet', () => {
    const samples = [{ name: 'a.b', labels: { 'c d': 'x' }, value: 1 }];
    expect(writeExposition([{ name: 'a.b', type: 'gauge', samples }])).toBe(
      '# TYPE "a.b" gauge\n{"a.b","c d"="x"} 1\n',
    );
  });

  test('what it writes is read back as the same families', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/);
    const labelName = fc
      .stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/)
      .filter((label) => label !== '__name__');
    const family = name.chain((familyName) =>
      fc.record({
        name: fc.constant(familyName),
        type: fc.constantFrom('counter' as const, 'gauge' as const, 'untyped' as const),
        // Blanks around a help text are not kept by the format.
        help: text.filter((help) => help.trim() === help && help !== ''),
        samples: fc.array(
          fc.record(
            {
              name: fc.constant(familyName),
              labels: fc.dictionary(labelName, text, { noNullPrototype: true }),
              value: fc.double().map((value) => value + 0),
              timestampMs: fc.nat(),
            },
            { requiredKeys: ['name', 'labels', 'value'] },
          ),
          { maxLength: 5 },
        ),
      }),
    );
    const families = fc.uniqueArray(family, { selector: (item) => item.name, maxLength: 5 });
    fc.assert(
      fc.property(families, (original) => {
        expect(parseExposition(writeExposition(original))).toEqual(original);
      }),
    );
  });
});

describe('writeExposition in OpenMetrics', () => {
  const openMetrics: ExpositionFormat = { version: 'openmetrics/1.0.0', escaping: 'allow-utf-8' };
  const total = { name: 'x_total', labels: {}, value: 1 };

  test('a counter is named with its suffix in text and without it in OpenMetrics', () => {
    const openMetricsPage = '# HELP x h\n# TYPE x counter\nx_total 1.0\n# EOF\n';
    const textPage = '# HELP x_total h\n# TYPE x_total counter\nx_total 1\n';
    for (const name of ['x', 'x_total']) {
      const family: MetricFamily = { name, type: 'counter', help: 'h', samples: [total] };
      expect(writeExposition([family], openMetrics)).toBe(openMetricsPage);
      expect(writeExposition([family])).toBe(textPage);
    }
  });

  test('a counter whose samples are no totals is unknown', () => {
    const samples = [{ name: 'x', labels: {}, value: 1 }];
    const page = writeExposition([{ name: 'x', type: 'counter', samples }], openMetrics);
    expect(page).toBe('# TYPE x unknown\nx 1.0\n# EOF\n');
  });

  test('a unit is written where the name ends in it', () => {
    const write = (unit: string): string =>
      writeExposition([{ name: 'x_seconds', type: 'gauge', unit, samples: [] }], openMetrics);
    expect(write('seconds')).toBe('# TYPE x_seconds gauge\n# UNIT x_seconds seconds\n# EOF\n');
    expect(write('bytes')).toBe('# TYPE x_seconds gauge\n# EOF\n');
  });

  test('types that text lacks are untyped there', () => {
    const family: MetricFamily = { name: 'x', type: 'stateset', samples: [] };
    expect(writeExposition([family])).toBe('# TYPE x untyped\n');
    expect(writeExposition([family], openMetrics)).toBe('# TYPE x stateset\n# EOF\n');
  });

  test('the bytes are those of the text', () => {
    const family: MetricFamily = { name: 'x', type: 'gauge', help: 'é', samples: [] };
    expect(encodeExposition([family])).toEqual(
      new TextEncoder().encode('# HELP x é\n# TYPE x gauge\n'),
    );
  });
});
