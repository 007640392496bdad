/** Largest int64. */
export const MAX_INT64 = 9_223_372_036_854_775_807n;

/** Smallest int64. */
export const MIN_INT64 = -9_223_372_036_854_775_808n;

/** 2⁶³ as a float64, the first value above every int64. */
const TWO_TO_63 = 9_223_372_036_854_775_808;

/** Adds as Go adds int64: the sum wraps. */
export function addInt64(left: bigint, right: bigint): bigint {
  return BigInt.asIntN(64, left + right);
}

/** Multiplies as Go multiplies int64: the product wraps. */
export function multiplyInt64(left: bigint, right: bigint): bigint {
  return BigInt.asIntN(64, left * right);
}

/** Divides as Go divides int64: toward zero. `divisor` is not zero. */
export function divideInt64(dividend: bigint, divisor: bigint): bigint {
  return BigInt.asIntN(64, dividend / divisor);
}

/**
 * Converts as Go's `int64(x)` does from a float64 on amd64: toward zero; out of range and NaN give the
 * smallest int64. That is the `-9223372036854775808m` of an average over no pods.
 */
export function int64FromFloat(value: number): bigint {
  return value >= -TWO_TO_63 && value < TWO_TO_63 ? BigInt(Math.trunc(value)) : MIN_INT64;
}
