import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addInt64,
  divideInt64,
  int64FromFloat,
  MAX_INT64,
  MIN_INT64,
  multiplyInt64,
  wrapInt64,
  type Int64,
} from '../src/int64.ts';

describe('int64 as Go computes it', () => {
  test('wraps sums and products', () => {
    expect(addInt64(MAX_INT64, 1)).toBe(MIN_INT64);
    expect(multiplyInt64(MAX_INT64, 2)).toBe(-2);
  });

  test('divides toward zero, and wraps the one quotient that does not fit', () => {
    expect(divideInt64(-7, 2)).toBe(-3);
    expect(divideInt64(MIN_INT64, -1)).toBe(MIN_INT64);
  });

  test.each([
    [2.9, 2],
    [-2.9, -2],
    [9_223_372_036_854_774_784, 9_223_372_036_854_774_784n],
    [9_223_372_036_854_775_808, MIN_INT64],
    [-9_223_372_036_854_775_808, MIN_INT64],
    [-1e19, MIN_INT64],
    [Infinity, -9_223_372_036_854_775_808n],
    [-Infinity, MIN_INT64],
    [Number.NaN, MIN_INT64],
  ])('converts the float %d to %d, as amd64 does', (value, expected) => {
    expect(int64FromFloat(value)).toBe(expected);
  });

  const int64 = fc.oneof(
    fc.bigInt({ min: MIN_INT64, max: MAX_INT64 }),
    fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
    fc.bigInt({ min: -9n, max: 9n }),
  );

  test('agrees with bigint arithmetic, and holds each value in one form only', () => {
    const wrap = (value: bigint) => BigInt.asIntN(64, value);
    fc.assert(
      fc.property(int64, int64, (left, right) => {
        const [a, b] = [wrapInt64(left), wrapInt64(right)];
        const results: [Int64, bigint][] = [
          [addInt64(a, b), wrap(left + right)],
          [multiplyInt64(a, b), wrap(left * right)],
          ...(right === 0n ? [] : [[divideInt64(a, b), wrap(left / right)] as [Int64, bigint]]),
        ];
        for (const [result, expected] of results) {
          expect(result).toBe(wrapInt64(expected));
          expect(BigInt(result)).toBe(expected);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
