/** A value that was seen at a time. */
export interface Present<T> {
  /** Tells it from a missing one. */
  readonly kind: 'value';
  /** The value. A number here is finite. */
  readonly value: T;
  /** When it was observed, in milliseconds since the epoch. */
  readonly atMs: number;
}

/** No value, and why: never read as zero. */
export interface Missing {
  /** Tells it from a present one. */
  readonly kind: 'missing';
  /** A sentence fragment for people, such as `target did not answer within 1 s`. */
  readonly reason: string;
}

/** A value with its time, or missing with a reason. */
export type Observed<T> = Present<T> | Missing;

/** Makes a present value observed at `atMs` (milliseconds since the epoch). */
export function observed<T>(value: T, atMs: number): Present<T> {
  return { kind: 'value', value, atMs };
}

/** Makes a missing value with its reason. */
export function missing(reason: string): Missing {
  return { kind: 'missing', reason };
}

/**
 * Makes an observed number; a number that is not finite is missing, since it would poison all that is
 * computed from it.
 */
export function observedNumber(value: number, atMs: number): Observed<number> {
  return Number.isFinite(value) ? observed(value, atMs) : missing(`value is ${String(value)}`);
}
