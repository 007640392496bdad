import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExposition, writeExposition, type MetricFamily } from '../src/index.ts';

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
