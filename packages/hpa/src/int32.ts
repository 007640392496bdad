import type { Int64 } from './int64.ts';

/** Largest int32, which Kubernetes uses for 'as many replicas as there can be'. */
export const MAX_INT32 = 2_147_483_647;

/** Smallest int32. */
export const MIN_INT32 = -2_147_483_648;

/** Whether `value` is an integer that fits an int32. */
export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

/** Adds as Go adds int32: the sum wraps. */
export function addInt32(left: number, right: number): number {
  return (left + right) | 0;
}

/** Subtracts as Go subtracts int32: the difference wraps. */
export function subtractInt32(left: number, right: number): number {
  return (left - right) | 0;
}

/** Converts as Go's `int32(x)` does from an int64: the low 32 bits stay. */
export function int32FromInt64(value: Int64): number {
  return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value));
}

/**
 * Converts as Go's `int32(x)` does from a float64 on amd64: toward zero; out of range and NaN give the
 * smallest int32. Go itself leaves that open, and other architectures differ.
 */
export function int32FromFloat(value: number): number {
  return value > MIN_INT32 - 1 && value < MAX_INT32 + 1 ? Math.trunc(value) | 0 : MIN_INT32;
}
