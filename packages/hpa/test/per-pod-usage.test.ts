import { describe, expect, test } from 'vitest';
import { measureAverage, measureUtilization } from '../src/per-pod-usage.ts';
import { MAX_INT64 } from '../src/int64.ts';

describe('measureUtilization', () => {
  const requests = new Map([
    ['a', 500n],
    ['b', 500n],
  ]);

  test('cuts the percentage before it takes the ratio', () => {
    const values = new Map([
      ['a', 559n],
      ['b', 0n],
    ]);
    expect(measureUtilization(values, requests, 50)).toEqual({
      ok: true,
      value: { ratio: 1.1, averageMilli: 279n, utilizationPercent: 55 },
    });
  });

  test('leaves out pods that have no request', () => {
    const values = new Map([
      ['a', 500n],
      ['stranger', 9999n],
    ]);
    expect(measureUtilization(values, requests, 100)).toMatchObject({ value: { ratio: 1 } });
  });

  test('fails where the requests sum up to nothing', () => {
    const error = 'no metrics returned matched known pods';
    expect(measureUtilization(new Map([['x', 1n]]), requests, 50)).toEqual({ ok: false, error });
  });

  test('wraps sums as int64 and the percentage as int32', () => {
    const values = new Map([
      ['a', MAX_INT64],
      ['b', 2n],
    ]);
    // The sum is the smallest int64 + 1; times 100 it wraps to 100.
    expect(measureUtilization(values, requests, 50)).toMatchObject({
      value: { utilizationPercent: 0 },
    });
  });
});

describe('measureAverage', () => {
  test('averages all values and cuts the average', () => {
    const values = new Map([
      ['a', 10n],
      ['b', 5n],
      ['stranger', 5n],
    ]);
    expect(measureAverage(values, 3n)).toEqual({
      ok: true,
      value: { ratio: 2, averageMilli: 6n },
    });
  });
});
