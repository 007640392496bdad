import { describe, expect, test } from 'vitest';
import { measureAverage, measureUtilization } from '../src/per-pod-usage.ts';
import { MAX_INT64, type Int64 } from '../src/int64.ts';

const valuesOf = (entries: [string, Int64][]) =>
  new Map(entries.map(([pod, valueMilli]) => [pod, { valueMilli }]));

describe('measureUtilization', () => {
  const requests = new Map([
    ['a', 500],
    ['b', 500],
  ]);

  test('cuts the percentage before it takes the ratio', () => {
    const values = valuesOf([
      ['a', 559],
      ['b', 0],
    ]);
    expect(measureUtilization(values, requests, 50)).toEqual({
      ok: true,
      value: { ratio: 1.1, averageMilli: 279, utilizationPercent: 55 },
    });
  });

  test('leaves out pods that have no request', () => {
    const values = valuesOf([
      ['a', 500],
      ['stranger', 9999],
    ]);
    expect(measureUtilization(values, requests, 100)).toMatchObject({ value: { ratio: 1 } });
  });

  test('fails where the requests sum up to nothing', () => {
    const error = 'no metrics returned matched known pods';
    expect(measureUtilization(valuesOf([['x', 1]]), requests, 50)).toMatchObject({
      ok: false,
      error,
    });
  });

  test('wraps sums as int64 and the percentage as int32', () => {
    const values = valuesOf([
      ['a', MAX_INT64],
      ['b', 2],
    ]);
    // The sum is the smallest int64 + 1; times 100 it wraps to 100.
    expect(measureUtilization(values, requests, 50)).toMatchObject({
      value: { utilizationPercent: 0 },
    });
  });
});

describe('measureAverage', () => {
  test('averages all values and cuts the average', () => {
    const values = valuesOf([
      ['a', 10],
      ['b', 5],
      ['stranger', 5],
    ]);
    expect(measureAverage(values, 3)).toEqual({
      ok: true,
      value: { ratio: 2, averageMilli: 6 },
    });
  });
});
