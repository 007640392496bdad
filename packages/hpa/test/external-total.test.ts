import { describe, expect, test } from 'vitest';
import { externalAverageTotal, externalValueTotal } from '../src/external-total.ts';
import { MAX_INT64 } from '../src/int64.ts';

describe('externalValueTotal', () => {
  test('sums series, negative ones too', () => {
    expect(externalValueTotal([5, -7, 1])).toBe(-1);
  });

  test('stops at the largest int64', () => {
    expect(externalValueTotal([MAX_INT64, 1, -5])).toBe(MAX_INT64);
  });
});

describe('externalAverageTotal', () => {
  test('takes one negative series for an overflow, as upstream does', () => {
    expect(externalAverageTotal([-5])).toBe(MAX_INT64);
    expect(externalAverageTotal([3, -5, 10])).toBe(MAX_INT64);
  });

  test('takes a sum that wrapped for an overflow', () => {
    expect(externalAverageTotal([MAX_INT64, 1])).toBe(MAX_INT64);
  });

  test('sums what stays at zero or above', () => {
    expect(externalAverageTotal([3, -3, 10])).toBe(10);
  });
});
