import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createPageReader,
  histogramSamples,
  parseExposition,
  syntaxOf,
  writeExposition,
  type Exemplar,
  type ExpositionVersion,
  type MetricFamily,
  type MetricType,
  type Sample,
} from '../../src/index.ts';

const text = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 1 }),
    fc.constantFrom(...Array.from('\\"\n{}=, #é本')),
  ),
  maxLength: 10,
});
// Escapes in the names of TYPE and HELP lines stay as they are, as upstream.
const name = text.filter((one) => !/[\\"\n]/.test(one));
const labels = fc.dictionary(
  text.filter((one) => !['', '__name__', '__proto__', 'le', 'quantile'].includes(one)),
  text,
  { noNullPrototype: true, maxKeys: 4 },
);
// The sign of a zero is not written, as upstream.
const value = fc.double().map((one) => one + 0);
// Text knows no times before 1970, as upstream.
const timestampMs = fc.integer({ min: 0, max: 4e12 });
const optionalTime = { time: fc.option(timestampMs, { nil: undefined }) };

/** What a family of one type looks like, given its name. */
type FamilyOf = (name: string) => fc.Arbitrary<MetricFamily>;

function timed(sample: Sample, time: number | undefined): Sample {
  return time === undefined ? sample : { ...sample, timestampMs: time };
}

/** Families whose samples are all called by the family's name and a suffix. */
const plain =
  (
    type: MetricType,
    suffix = '',
    extra: fc.Arbitrary<Partial<Sample>> = fc.constant({}),
  ): FamilyOf =>
  (familyName) =>
    fc
      .array(fc.record({ labels, value, extra, ...optionalTime }), { maxLength: 4 })
      .map((samples) => ({
        name: familyName,
        type,
        samples: samples.map(({ time, extra: more, ...one }) =>
          timed({ name: familyName + suffix, ...one, ...more }, time),
        ),
      }));

const quantiles: FamilyOf = (familyName) =>
  fc.record({ labels, value, ...optionalTime }).map(({ labels: own, value: one, time }) => ({
    name: familyName,
    type: 'summary' as const,
    samples: [
      timed({ name: familyName, labels: { ...own, quantile: '0.5' }, value: one }, time),
      timed({ name: `${familyName}_sum`, labels: own, value: one }, time),
      timed({ name: `${familyName}_count`, labels: own, value: 7 }, time),
    ],
  }));

const buckets: FamilyOf = (familyName) =>
  fc
    .record({ labels, sum: value, count: fc.maxSafeNat(), ...optionalTime })
    .map(({ time, ...reading }) => ({
      name: familyName,
      type: 'histogram' as const,
      samples: histogramSamples(familyName, {
        ...reading,
        buckets: [{ upperBound: 0.25, count: 1 }],
        timestampMs: time,
      }),
    }));

/** The escapes of an exemplar's labels stay as they are, as upstream. */
const exemplar: fc.Arbitrary<Exemplar> = fc
  .record({
    labels: fc.dictionary(
      fc.constantFrom('trace_id', 'b'),
      fc.string({ unit: fc.constantFrom(...Array.from('aé本 {},')) }),
      {
        noNullPrototype: true,
      },
    ),
    value,
    time: fc.option(timestampMs, { nil: undefined }),
  })
  .map(({ time, ...one }) => (time === undefined ? one : { ...one, timestampMs: time }));
const withExemplar = fc
  .option(exemplar, { nil: undefined })
  .map((one) => (one ? { exemplar: one } : {}));

const TEXT_FAMILIES: readonly FamilyOf[] = [
  plain('gauge'),
  plain('untyped'),
  quantiles,
  buckets,
  (familyName) => plain('counter')(`${familyName}_total`),
];
const OPENMETRICS_FAMILIES: readonly FamilyOf[] = [
  plain('gauge'),
  plain('unknown'),
  plain('stateset'),
  plain('info', '_info'),
  plain('counter', '_total', withExemplar),
  quantiles,
  buckets,
  (familyName) =>
    plain('gauge')(`${familyName}_seconds`).map((family) => ({ ...family, unit: 'seconds' })),
];

/** Families of different names, none of which is another one's with a suffix. */
function pages(kinds: readonly FamilyOf[]): fc.Arbitrary<MetricFamily[]> {
  const family = fc.record({ kind: fc.constantFrom(...kinds), name, help: text });
  return fc.array(family, { maxLength: 5 }).chain((chosen) =>
    fc.tuple(
      ...chosen.map(({ kind, name: own, help }, index) =>
        kind(`n${index}_${own}`).map((one) =>
          // Blanks around a help text are not kept by text.
          help.trim() === help && help !== '' ? { ...one, help } : one,
        ),
      ),
    ),
  );
}

describe.each<[ExpositionVersion, readonly FamilyOf[]]>([
  ['text/0.0.4', TEXT_FAMILIES],
  ['text/1.0.0', TEXT_FAMILIES],
  ['openmetrics/1.0.0', OPENMETRICS_FAMILIES],
])('what is written as %s', (version, kinds) => {
  const syntax = syntaxOf(version);
  const write = (families: readonly MetricFamily[]): string =>
    writeExposition(families, { version, escaping: 'allow-utf-8' });

  test('is read back as the same families', () => {
    fc.assert(
      fc.property(pages(kinds), (families) => {
        expect(parseExposition(write(families), { syntax })).toEqual(families);
      }),
      { numRuns: 400 },
    );
  });

  test('is read back by the reader of repeated pages as the same series', () => {
    fc.assert(
      fc.property(pages(kinds), (families) => {
        const samples = families.flatMap((family) => family.samples);
        const reader = createPageReader();
        const page = new TextEncoder().encode(write(families));
        for (let scrape = 0; scrape < 2; scrape += 1) {
          const { series, values, timestampsMs } = reader.read(page, syntax);
          expect(series.map((one) => one.name)).toEqual(samples.map((one) => one.name));
          expect([...values.subarray(0, series.length)]).toEqual(samples.map((one) => one.value));
          expect(series.map((_, index) => timestampsMs?.[index] ?? Number.NaN)).toEqual(
            samples.map((one) => one.timestampMs ?? Number.NaN),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
