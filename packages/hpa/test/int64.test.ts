import { describe, expect, test } from 'vitest';
import {
  addInt64,
  divideInt64,
  int64FromFloat,
  MAX_INT64,
  MIN_INT64,
  multiplyInt64,
} from '../src/int64.ts';

describe('int64 as Go computes it', () => {
  test('wraps sums and products', () => {
    expect(addInt64(MAX_INT64, 1n)).toBe(MIN_INT64);
    expect(multiplyInt64(MAX_INT64, 2n)).toBe(-2n);
  });

  test('divides toward zero, and wraps the one quotient that does not fit', () => {
    expect(divideInt64(-7n, 2n)).toBe(-3n);
    expect(divideInt64(MIN_INT64, -1n)).toBe(MIN_INT64);
  });

  test.each([
    [2.9, 2n],
    [-2.9, -2n],
    [9_223_372_036_854_774_784, 9_223_372_036_854_774_784n],
    [9_223_372_036_854_775_808, MIN_INT64],
    [-9_223_372_036_854_775_808, MIN_INT64],
    [Infinity, MIN_INT64],
    [Number.NaN, MIN_INT64],
  ])('converts the float %d to %d, as amd64 does', (value, expected) => {
    expect(int64FromFloat(value)).toBe(expected);
  });
});
