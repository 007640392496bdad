import fc from 'fast-check';
import { BellowsError } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import {
  createPageReader,
  readExposition,
  type ExpositionOptions,
  type PageReading,
} from '../../src/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The lines of a reading as text, to compare. */
function show({ series, values, timestampsMs }: PageReading): string[] {
  return series.map(({ name, labels }, index) =>
    line(name, labels, values[index] ?? 0, timestampsMs?.[index]),
  );
}

function line(
  name: string,
  labels: Readonly<Record<string, string>>,
  value: number,
  timestampMs = Number.NaN,
): string {
  return JSON.stringify([name, Object.entries(labels), String(value), String(timestampMs)]);
}

/** What the plain reader says of a page, or that it refuses it. */
function plain(
  page: Uint8Array,
  options: ExpositionOptions,
  wanted?: ReadonlySet<string>,
): unknown {
  return orRefusal(() =>
    [...readExposition(page, options)].flatMap((event) => {
      if (event.kind !== 'sample' || wanted?.has(event.sample.name) === false) return [];
      const { name, labels, value, timestampMs } = event.sample;
      return [line(name, labels, value, timestampMs)];
    }),
  );
}

function orRefusal(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    return [error.code, error.message, error.place];
  }
}

const PAGE = [
  '# HELP a_total Things.\n',
  '# TYPE a_total counter\n',
  'a_total{x="1"} 1\n',
  'a_total{x="2"} 2.5 1700000000000\n',
  '\n# TYPE h histogram\n',
  'h_bucket{le="1"} 1\n',
  'h_bucket{le="+Inf"} 123456\n',
  'h_sum 1e3\n',
  'h_count{} NaN\n',
  '# TYPE s summary\n',
  's{quantile="0.5"} 4\n',
  'm-1\n',
  'm1 7\n',
  '{"é.x", "y"="two\nlines"} 3\n',
];
const OPENMETRICS_PAGE = [
  '# TYPE a counter\n',
  '# UNIT a \n',
  'a_total{x="1"} 1.0\n',
  'a_total{x="2"} 2.5 1700000000.5\n',
  '# TYPE h histogram\n',
  'h_bucket{le="1"} 1 # {id="7"} 0.5 1\n',
  'h_bucket{le="+Inf"} 3 17 # {id="8"} 0.5\n',
  'h_sum 1e3\n',
  '# TYPE s summary\n',
  's{quantile="0.5"} 4\n',
  'm 1\n',
  '# EOF\n',
];

describe('createPageReader', () => {
  test('gives the wanted series and what else is on the page', () => {
    const reader = createPageReader({ wanted: new Set(['a_total', 'h_sum', 's']) });
    const reading = reader.read(bytesOf(PAGE.join('')), 'text');
    expect(reading.series).toEqual([
      { name: 'a_total', labels: { x: '1' }, type: 'counter' },
      { name: 'a_total', labels: { x: '2' }, type: 'counter' },
      { name: 'h_sum', labels: {}, type: 'histogram' },
      { name: 's', labels: { quantile: '0.5' }, type: 'summary' },
    ]);
    expect([...reading.values.subarray(0, 4)]).toEqual([1, 2.5, 1000, 4]);
    expect([...(reading.timestampsMs ?? []).slice(0, 2)]).toEqual([NaN, 1_700_000_000_000]);
    expect([reading.sampleCount, reading.repeatedCount]).toEqual([10, 0]);
  });

  test('keeps the same series as long as the lines are the same', () => {
    const reader = createPageReader();
    const { series } = reader.read(bytesOf('a{x="1"} 1\nb 2\n'), 'text');
    const again = reader.read(bytesOf('a{x="1"} 10000\nb 2\n'), 'text');
    expect(again.series).toBe(series);
    expect([...again.values.subarray(0, 2)]).toEqual([10_000, 2]);
  });

  test('knows a series again where it stands elsewhere, after an error and under another spelling', () => {
    const reader = createPageReader();
    const first = reader.read(bytesOf('a{x="1",y="2"} 1\nb 2\n'), 'text').series[0];
    expect(reader.read(bytesOf('c 1\nb 1\na{x="1",y="2"} 3\n'), 'text').series[2]).toBe(first);
    expect(() => reader.read(bytesOf('<html>'), 'text')).toThrow(BellowsError);
    expect(reader.read(bytesOf('a{y="2",x="1"} 4\n'), 'text').series).toEqual([first]);
    expect(reader.read(bytesOf('a{y="2",x="1"} 4\n'), 'text').series[0]).toBe(first);
  });

  test.each([
    ['first', (id: number) => `a{x="${id}"} 1`],
    ['the same lines, other values', (id: number) => `a{x="${id}"} ${id}`],
    ['every second line new', (id: number) => `a{x="${id}",y="${id % 2}"} 1`],
  ])('reads a page of 100,000 lines in many steps: %s', (kind, lineOf) => {
    const reader = createPageReader({ wanted: new Set(['b']) });
    const ids = Array.from({ length: 100_000 }, (_, id) => id);
    const before = ids.map((id) => `a{x="${id}"${id % 2 === 0 ? ',y="0"' : ''}} 1\n`).join('');
    const same = ids.map((id) => `a{x="${id}"} 1\n`).join('');
    if (kind !== 'first') reader.read(bytesOf(kind.startsWith('the') ? same : before), 'text');
    const page = bytesOf(ids.map((id) => `${lineOf(id)}\n`).join(''));
    const steps = [...reader.readInSteps(page, 'text')];
    expect(steps.length).toBeGreaterThan(95);
  });

  test('a long line costs a step of its own', () => {
    const lines = `a{x="${'y'.repeat(60_000)}"} 1\n`.repeat(10);
    const steps = createPageReader().readInSteps(bytesOf(lines), 'text');
    expect([...steps]).toHaveLength(3);
  });

  test.each([0, 5])('a page that is given up half way leaves no value behind: +%i', (more) => {
    const pageOf = (value: number): Uint8Array =>
      bytesOf(Array.from({ length: 3000 }, (_, id) => `a{x="${id + value}"} ${value}\n`).join(''));
    const same = (value: number): Uint8Array =>
      bytesOf(Array.from({ length: 3000 }, (_, id) => `a{x="${id}"} ${value}\n`).join(''));
    const reader = createPageReader();
    reader.read(same(1), 'text');
    const steps = reader.readInSteps(more === 0 ? same(2) : pageOf(more), 'text');
    expect(steps.next().done).toBe(false);
    steps.return(undefined as never);
    expect(show(reader.read(same(1), 'text'))).toEqual(plain(same(1), {}));
  });

  test('a series of another type is another one', () => {
    const reader = createPageReader();
    reader.read(bytesOf('# TYPE a counter\na 1\n'), 'text');
    const { series } = reader.read(bytesOf('# TYPE a gauge\na 1\n'), 'text');
    expect(series.map(({ type }) => type)).toEqual(['gauge']);
  });

  test('counts series that come again on the page', () => {
    const reader = createPageReader();
    const page = bytesOf('a{x="1",y="2"} 1\na{y="2",x="1"} 2\na 3\na{x=""} 3\n');
    expect(reader.read(page, 'text').repeatedCount).toBe(2);
    expect(reader.read(page, 'text').repeatedCount).toBe(2);
  });

  test('an empty page after others has no series', () => {
    const reader = createPageReader();
    reader.read(bytesOf('a 1\n'), 'text');
    expect(reader.read(new Uint8Array(), 'text').series).toEqual([]);
    expect(() => reader.read(new Uint8Array(), 'openmetrics')).toThrow(BellowsError);
  });

  test('want replaces the names', () => {
    const reader = createPageReader({ wanted: new Set() });
    const page = bytesOf('a 1\nb 2\n');
    expect(reader.read(page, 'text').series).toEqual([]);
    reader.want(new Set(['b']));
    expect(reader.read(page, 'text').series.map(({ name }) => name)).toEqual(['b']);
  });

  test.each(['first', 'repeated'])(
    'want in the middle of a %s page is for the next one',
    (kind) => {
      const lines = Array.from({ length: 3000 }, (_, id) => `a{x="${id}"} 1\nb{x="${id}"} 2\n`);
      const [page, next] = [
        bytesOf(lines.join('')),
        bytesOf(lines.join('').replaceAll(' 2\n', ' 3\n')),
      ];
      const reader = createPageReader({ wanted: new Set(['a']) });
      if (kind === 'repeated')
        reader.read(bytesOf(lines.join('').replaceAll(' 1\n', ' 0\n')), 'text');
      const steps = reader.readInSteps(page, 'text');
      expect(steps.next().done).toBe(false);
      reader.want(new Set(['b']));
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      expect(show(step.value)).toEqual(plain(page, {}, new Set(['a'])));
      expect(show(reader.read(next, 'text'))).toEqual(plain(next, {}, new Set(['b'])));
    },
  );

  test('refuses pages beyond its limits', () => {
    const limits = { maxBodyBytes: 100, maxLineBytes: 20, maxSamples: 3 };
    const reader = createPageReader({ limits });
    for (const page of ['a 1\n'.repeat(4), `a{x="${'y'.repeat(20)}"} 1\n`, '#'.repeat(101)]) {
      expect(() => reader.read(bytesOf(page), 'text')).toThrow(
        expect.objectContaining({ code: 'ERR_EXPOSITION_LIMIT' }),
      );
    }
  });

  test('refuses a page at the first wanted series that is one too many', () => {
    const reader = createPageReader({ wanted: new Set(['a']), maxSeries: 2 });
    const few = 'b 1\na{x="1"} 1\nb 2\na{x="2"} 1\nb 3\n';
    const refusal = { code: 'ERR_EXPOSITION_SERIES', place: { line: 4 } };
    expect(reader.read(bytesOf(few), 'text').series).toHaveLength(2);
    const many = few.replace('b 2', 'a{x="3"} 1');
    for (let scrape = 0; scrape < 2; scrape += 1) {
      expect(() => reader.read(bytesOf(`${many}<html>`), 'text')).toThrow(
        expect.objectContaining(refusal),
      );
    }
    expect(reader.read(bytesOf(few), 'text').series).toHaveLength(2);
  });

  test('its memory is the page, 16 bytes a line and 8 bytes a reading, and the room to grow', () => {
    const lines = 1000;
    const reader = createPageReader();
    const page = Array.from({ length: lines }, (_, index) => `metric{series="${index}"} 1\n`);
    reader.read(bytesOf(page.join('')), 'text');
    const least = page.join('').length + lines * 24;
    expect(reader.rememberedBytes).toBeGreaterThanOrEqual(least);
    expect(reader.rememberedBytes).toBeLessThan(2 * least);
  });

  const place = fc.nat(1000);
  const mutation = fc.oneof(
    fc.record({
      kind: fc.constant('value' as const),
      place,
      text: fc.constantFrom(
        '9',
        '1.5',
        '-3e7',
        '12345678901234567',
        'NaN',
        '+Inf',
        '0.1 5',
        '7 # {a="b"} 1',
        'x',
        '1_0',
        '',
      ),
    }),
    fc.record({
      kind: fc.constant('insert' as const),
      place,
      text: fc.constantFrom(
        'n{x="1"} 1\n',
        'a_total{x="1"} 4\n',
        '# TYPE h gauge\n',
        '# TYPE s histogram\n',
        '# c\n',
        '\n',
        'h_sum 2\n',
        ' ',
        '\0',
        '"',
        'm ',
      ),
    }),
    fc.record({ kind: fc.constant('remove' as const), place, text: fc.constant('') }),
    fc.record({ kind: fc.constant('swap' as const), place, text: fc.constant('') }),
    fc.record({ kind: fc.constant('cut' as const), place, text: fc.constant('') }),
    fc.record({
      kind: fc.constant('byte' as const),
      place,
      text: fc.constantFrom('0', '}', '\n', ' ', '#', '"', 'é'),
    }),
  );

  function mutate(
    lines: string[],
    { kind, place: at, text }: { kind: string; place: number; text: string },
  ): string[] {
    const index = at % Math.max(1, lines.length);
    const chosen = lines[index] ?? '';
    if (kind === 'value')
      return lines.toSpliced(index, 1, chosen.replace(/[^ }]*\n$/, `${text}\n`));
    if (kind === 'insert') return lines.toSpliced(index, 0, text);
    if (kind === 'remove') return lines.toSpliced(index, 1);
    if (kind === 'swap') return [...lines.slice(index), ...lines.slice(0, index)];
    if (kind === 'byte')
      return lines.toSpliced(index, 1, chosen.slice(0, at % 7) + text + chosen.slice((at % 7) + 1));
    const page = lines.join('');
    return [page.slice(0, (at * 31) % (page.length + 1))];
  }

  test.each([
    ['text', PAGE],
    ['openmetrics', OPENMETRICS_PAGE],
  ] as const)('agrees with the plain reader however a page of %s changes', (syntax, original) => {
    const names = fc.constantFrom(undefined, new Set(['a_total', 'h_bucket', 's', 'm']));
    const bounds = fc.record({ maxSamples: fc.integer({ min: 8, max: 14 }) });
    fc.assert(
      fc.property(
        fc.array(fc.array(mutation, { maxLength: 3 }), { maxLength: 8 }),
        names,
        bounds,
        (steps, wanted, limits) => {
          const reader = createPageReader({ wanted, limits });
          let lines: string[] = [...original];
          for (const mutations of [[], ...steps, []]) {
            const changed = mutations.reduce(mutate, lines);
            const page = bytesOf(changed.join(''));
            expect(orRefusal(() => show(reader.read(page, syntax)))).toEqual(
              plain(page, { syntax, ...limits }, wanted),
            );
            // A page that is refused is followed by a good one, or changed further.
            if (mutations.length !== 2) lines = changed;
          }
        },
      ),
      { numRuns: 800 },
    );
  });
});
