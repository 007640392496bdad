/**
 * An int64. One that a double holds exactly is a number, since that is much faster; any other is a bigint.
 * So equal values are always of the same type, and `===`, `<` and `Number()` do what they say.
 */
export type Int64 = number | bigint;

/** Largest int64. */
export const MAX_INT64 = 9_223_372_036_854_775_807n;

/** Smallest int64. */
export const MIN_INT64 = -9_223_372_036_854_775_808n;

/** 2⁶³ as a float64, the first value above every int64. */
const TWO_TO_63 = 9_223_372_036_854_775_808;

/** Takes the low 64 bits of an integer, as Go does with every result. */
export function wrapInt64(value: bigint): Int64 {
  const wrapped = BigInt.asIntN(64, value);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
}

/** Adds as Go adds int64: the sum wraps. */
export function addInt64(left: Int64, right: Int64): Int64 {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return wrapInt64(BigInt(left) + BigInt(right));
}

/** Multiplies as Go multiplies int64: the product wraps. */
export function multiplyInt64(left: Int64, right: Int64): Int64 {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    // The sum turns -0, which no int64 is, into 0.
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return wrapInt64(BigInt(left) * BigInt(right));
}

/** Divides as Go divides int64: toward zero. `divisor` is not zero. */
export function divideInt64(dividend: Int64, divisor: Int64): Int64 {
  if (typeof dividend === 'number' && typeof divisor === 'number') {
    // Exact, since the remainder is taken off first.
    return (dividend - (dividend % divisor)) / divisor + 0;
  }
  return wrapInt64(BigInt(dividend) / BigInt(divisor));
}

/**
 * Converts as Go's `int64(x)` does from a float64 on amd64: toward zero; out of range and NaN give the
 * smallest int64. That is the `-9223372036854775808m` of an average over no pods.
 */
export function int64FromFloat(value: number): Int64 {
  const isInRange = value >= -TWO_TO_63 && value < TWO_TO_63;
  return isInRange ? wrapInt64(BigInt(Math.trunc(value))) : MIN_INT64;
}
