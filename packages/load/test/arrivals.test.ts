import { createRandom } from '@bellows/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createArrivals, defaultDurationSeconds, EVENLY, rateAt } from '../src/arrivals.ts';
import type { ProfilePoint } from '../src/load.ts';

const points = (...rates: readonly (readonly [number, number])[]): ProfilePoint[] =>
  rates.map(([atSeconds, requestsPerSecond]) => ({ atSeconds, requestsPerSecond }));

/** All arrivals of a finite load. */
function allArrivals(profile: readonly ProfilePoint[], seconds: number, seed: number): number[] {
  const next = createArrivals(profile, seconds, createRandom(seed));
  const arrivals: number[] = [];
  for (let at = next(); at !== undefined; at = next()) arrivals.push(at);
  return arrivals;
}

const anyProfile = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.01, max: 20, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((steps) => {
    let atSeconds = 0;
    return steps.map(([stepSeconds, requestsPerSecond]) => {
      atSeconds += stepSeconds;
      return { atSeconds, requestsPerSecond };
    });
  });

test('arrivals go on to the last point of a profile, and at a constant rate without an end', () => {
  expect(defaultDurationSeconds(points([0, 10], [60, 20]))).toBe(60);
  expect(defaultDurationSeconds(points([0, 10]))).toBe(Infinity);
});

describe('rateAt', () => {
  test.each([
    [0, 10],
    [5, 10],
    [10, 20],
    [12.5, 15],
    [15, 10],
    [99, 10],
  ])('at %d s is %d a second', (seconds, expected) => {
    expect(rateAt(points([5, 10], [10, 20], [15, 10]), seconds)).toBeCloseTo(expected);
  });
});

describe('createArrivals', () => {
  test('the same seed gives the same arrivals, another seed others', () => {
    const profile = points([0, 5], [10, 100]);
    expect(allArrivals(profile, 10, 7)).toEqual(allArrivals(profile, 10, 7));
    expect(allArrivals(profile, 10, 7)).not.toEqual(allArrivals(profile, 10, 8));
  });

  test('arrivals rise and stay within the duration, for any profile', () => {
    fc.assert(
      fc.property(
        anyProfile,
        fc.integer(),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (profile, seed, seconds) => {
          const arrivals = allArrivals(profile, seconds, seed);
          for (const [index, at] of arrivals.entries()) {
            expect(at).toBeGreaterThanOrEqual(arrivals[index - 1] ?? 0);
            expect(at).toBeLessThan(seconds);
          }
        },
      ),
    );
  });

  test('their number is Poisson around the integral of the rate, in each part of the profile', () => {
    const profile = points([0, 0], [100, 200], [200, 50], [300, 50]);
    const arrivals = allArrivals(profile, 400, 3);
    const between = (from: number, to: number): number =>
      arrivals.filter((at) => at >= from && at < to).length;
    for (const [from, to, expected] of [
      [0, 50, 2500],
      [50, 100, 7500],
      [100, 200, 12_500],
      [200, 300, 5000],
      [300, 400, 5000],
    ] as const) {
      expect(Math.abs(between(from, to) - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  test('the integral of a rising or falling rate up to the first arrival has mean 1', () => {
    const seeds = Array.from({ length: 4000 }, (_, seed) => seed);
    const meanOf = (
      profile: readonly ProfilePoint[],
      integral: (atSeconds: number) => number,
    ): number =>
      seeds.reduce((sum, seed) => {
        const at = createArrivals(profile, Infinity, createRandom(seed))() ?? 0;
        return sum + integral(at) / seeds.length;
      }, 0);
    // Standard deviation of the mean: 1 / sqrt(4000) = 0.016.
    expect(meanOf(points([0, 0], [1000, 1000]), (at) => at ** 2 / 2)).toBeCloseTo(1, 1);
    const falling = meanOf(points([0, 4], [10, 1], [99, 1]), (at) =>
      at < 10 ? 4 * at - 0.15 * at ** 2 : 25 + (at - 10),
    );
    expect(falling).toBeCloseTo(1, 1);
  });

  test('gaps of a constant rate are exponential', () => {
    const arrivals = allArrivals(points([0, 100]), 100, 5);
    const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(0.01, 3);
    // An exponential's standard deviation is its mean.
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 1);
  });

  test('even ones come where the integral of the rate reaches the next whole number', () => {
    const next = createArrivals(points([0, 2], [2, 2], [2.001, 10]), 3, EVENLY);
    const arrivals = Array.from({ length: 8 }, next);
    expect(arrivals.slice(0, 4)).toEqual(
      [0.5, 1, 1.5, 2].map((at) => expect.closeTo(at, 6) as number),
    );
    const [fifth = 0, sixth = 0] = arrivals.slice(4);
    expect(sixth - fifth).toBeCloseTo(0.1, 6);
  });

  test('there are none at a rate of 0, nor without points', () => {
    expect(allArrivals(points([0, 0]), Infinity, 1)).toEqual([]);
    expect(allArrivals(points([0, 0], [10, 0]), 10, 1)).toEqual([]);
    expect(allArrivals([], 10, 1)).toEqual([]);
  });
});
