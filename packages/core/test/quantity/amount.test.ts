import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAmounts,
  compareAmounts,
  rescaleLarge,
  roundUpAmount,
  scaledInt64,
  type Amount,
} from '../../src/quantity/amount.ts';

const small = (unscaled: bigint, exponent = 0): Amount => ({ unscaled, exponent, isLarge: false });
const large = (unscaled: bigint, exponent = 0): Amount => ({ unscaled, exponent, isLarge: true });
const anyAmount = fc.record({
  unscaled: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  exponent: fc.integer({ min: -30, max: 30 }),
  isLarge: fc.boolean(),
});

describe('scaledInt64', () => {
  test('wraps where upstream multiplies once and gives 0 where it multiplies in steps', () => {
    const value = 2n ** 62n + 1n;
    for (const places of [1, 2, 3, 6, 9]) {
      const wrapped = BigInt.asIntN(64, value * 10n ** BigInt(places));
      expect(scaledInt64(small(value), -places)).toBe(wrapped);
    }
    for (const places of [4, 5, 7, 8, 10, 18, 40]) {
      expect(scaledInt64(small(value), -places)).toBe(0n);
    }
  });

  test('cuts large negative amounts and adds one', () => {
    expect(scaledInt64(large(-1_500_000_000n, -9), 0)).toBe(0n);
    expect(scaledInt64(small(-1_500_000_000n, -9), 0)).toBe(-2n);
  });
});

describe('addAmounts', () => {
  test('stays in the int64 form while the sum fits', () => {
    expect(addAmounts(small(1n), small(1n, -3))).toEqual(small(1001n, -3));
    expect(addAmounts(small(2n ** 62n), small(2n ** 62n)).isLarge).toBe(true);
  });
});

describe('roundUpAmount', () => {
  test('leaves a small amount that is coarse enough untouched', () => {
    const amount = small(5n, 3);
    expect(roundUpAmount(amount, 0)).toEqual({ amount, exact: true });
  });
});

describe('compareAmounts', () => {
  test('orders amounts as their digits at one scale, whatever their form', () => {
    fc.assert(
      fc.property(anyAmount, anyAmount, (a, b) => {
        const difference = rescaleLarge(a, -30).unscaled - rescaleLarge(b, -30).unscaled;
        expect(compareAmounts(a, b)).toBe(difference === 0n ? 0 : difference > 0n ? 1 : -1);
      }),
    );
  });
});
