/** Largest signed 64-bit integer. */
export const MAX_INT64 = 9_223_372_036_854_775_807n;

/** Smallest signed 64-bit integer. */
export const MIN_INT64 = -9_223_372_036_854_775_808n;

/** Whether `value` is a signed 64-bit integer. */
export function fitsInt64(value: bigint): boolean {
  return value >= MIN_INT64 && value <= MAX_INT64;
}

/** The low 64 bits of `value` as a signed integer: what Go's int64 arithmetic leaves after an overflow. */
export function wrapInt64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/**
 * Go's checked multiplication as quantities do it: undefined on overflow, and for the smallest integer
 * even where the product would fit.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/math.go int64Multiply
 */
export function multiplyInt64(a: bigint, b: bigint): bigint | undefined {
  const product = a * b;
  if (a === 0n || b === 0n || a === 1n || b === 1n) return product;
  if (a === MIN_INT64 || b === MIN_INT64) return undefined;
  return fitsInt64(product) ? product : undefined;
}
