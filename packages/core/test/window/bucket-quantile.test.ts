import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketQuantile, type Bucket } from '../../src/index.ts';

const buckets = (...pairs: readonly (readonly [upperBound: number, count: number])[]): Bucket[] =>
  pairs.map(([upperBound, count]) => ({ upperBound, count }));

// Whether these are Prometheus' answers, too, is asked of Prometheus in packages/scrape.
test.each([
  ['the middle of a bucket', 0.5, buckets([1, 0], [2, 10], [Infinity, 10]), 1.5],
  ['the first bucket begins at 0', 0.5, buckets([1, 10], [Infinity, 10]), 0.5],
  ['a first bucket below 0 is its bound', 0.5, buckets([-1, 10], [Infinity, 10]), -1],
  ['beyond the last finite bound is that bound', 0.9, buckets([1, 5], [Infinity, 10]), 1],
  ['any order', 0.5, buckets([Infinity, 10], [2, 10], [1, 0]), 1.5],
  ['buckets of one bound are added up', 0.5, buckets([1, 4], [1, 6], [Infinity, 20]), 1],
  [
    'a count that falls is taken for as much as before',
    0.5,
    buckets([1, 9], [2, 8], [Infinity, 10]),
    5 / 9,
  ],
  ['all', 1, buckets([1, 5], [2, 10], [Infinity, 10]), 2],
  ['none, where the first bucket is empty', 0, buckets([1, 0], [2, 10], [Infinity, 10]), 0],
])('%s', (_, share, given, expected) => {
  expect(bucketQuantile(share, given)).toBeCloseTo(expected, 12);
});

test.each([
  ['no bucket', 0.5, []],
  ['only +Inf', 0.5, buckets([Infinity, 10])],
  ['no +Inf', 0.5, buckets([1, 5], [2, 10])],
  ['no observation', 0.5, buckets([1, 0], [Infinity, 0])],
  ['a share below 0', -0.1, buckets([1, 5], [Infinity, 10])],
  ['a share that is none', NaN, buckets([1, 5], [Infinity, 10])],
])('%s has no quantile', (_, share, given) => {
  expect(bucketQuantile(share, given)).toBeUndefined();
});

test('a larger share never has a lower quantile', () => {
  const counts = fc.array(fc.nat(1000), { minLength: 1, maxLength: 10 });
  const shares = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(counts, shares, (added, [one, other]) => {
      let count = 1;
      const given = added.map((more, index) => ({ upperBound: index + 1, count: (count += more) }));
      const all = [...given, { upperBound: Infinity, count }];
      const lower = bucketQuantile(Math.min(one, other), all) ?? NaN;
      const upper = bucketQuantile(Math.max(one, other), all) ?? NaN;
      expect(lower).toBeLessThanOrEqual(upper + 1e-9);
    }),
  );
});
