import { describe, expect, test } from 'vitest';
import { externalAverageTotal, externalValueTotal } from '../src/external-total.ts';
import { MAX_INT64 } from '../src/int64.ts';

describe('externalValueTotal', () => {
  test('sums series, negative ones too', () => {
    expect(externalValueTotal([5n, -7n, 1n])).toBe(-1n);
  });

  test('stops at the largest int64', () => {
    expect(externalValueTotal([MAX_INT64, 1n, -5n])).toBe(MAX_INT64);
  });
});

describe('externalAverageTotal', () => {
  test('takes one negative series for an overflow, as upstream does', () => {
    expect(externalAverageTotal([-5n])).toBe(MAX_INT64);
    expect(externalAverageTotal([3n, -5n, 10n])).toBe(MAX_INT64);
  });

  test('takes a sum that wrapped for an overflow', () => {
    expect(externalAverageTotal([MAX_INT64, 1n])).toBe(MAX_INT64);
  });

  test('sums what stays at zero or above', () => {
    expect(externalAverageTotal([3n, -3n, 10n])).toBe(10n);
  });
});
