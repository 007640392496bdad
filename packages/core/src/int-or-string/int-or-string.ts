import { BellowsError } from '../bellows-error.ts';

/** `intstr.IntOrString`: a 32-bit integer, or a text that should be a percentage such as `25%`. */
export type IntOrString = number | string;

const INTEGER = /^[+-]?\d+$/;
const MAX_INT32 = 2 ** 31 - 1;
const MAX_INT64 = 9_223_372_036_854_775_807n;

/**
 * Reads a flag's text: an integer of 32 bits, else the text itself.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/util/intstr/intstr.go Parse
 */
export function parseIntOrString(text: string): IntOrString {
  const value = atoi(text);
  return value !== undefined && isInt32(value) ? value : text;
}

/**
 * Reads raw JSON: a string, an integer of 32 bits in digits only (`1e1` is none), or `null` for 0.
 *
 * @throws {@link BellowsError} `ERR_CORE_INT_OR_PERCENT` for anything else.
 */
export function parseIntOrStringJson(json: string): IntOrString {
  const text = json.trim();
  if (text === 'null') return 0;
  const value = /^-?(?:0|[1-9]\d*)$/.test(text) ? Number(text) : parseJsonString(text);
  if (typeof value === 'string' || (value !== undefined && isInt32(value))) return value;
  throw failure('an integer of 32 bits or a percentage such as "25%"', json);
}

function parseJsonString(text: string): string | undefined {
  if (!text.startsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The integer, of either spelling; 0 for any other text, as upstream's `IntValue`. */
export function intValueOf(value: IntOrString): number {
  return typeof value === 'number' ? value : (atoi(value) ?? 0);
}

/**
 * The integer itself, or the percentage of `total`.
 *
 * Nothing is clamped: `150%` of 4 is 6, `-25%` of 4 is -1. In doubles, as upstream: value × total ÷ 100.
 *
 * @param rounding - Where a percentage is no whole number: `up` for maxSurge, `down` for maxUnavailable.
 * @throws {@link BellowsError} `ERR_CORE_INT_OR_PERCENT` for a text without `%`, a number before it that is
 * no integer of 64 bits (`25.5%`), or a result that fits none (upstream's would be an accident).
 * @see kubernetes/apimachinery v0.37.2 pkg/util/intstr/intstr.go GetScaledValueFromIntOrPercent
 */
export function scaledIntOrPercent(
  value: IntOrString,
  total: number,
  rounding: 'up' | 'down',
): number {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    throw failure('an integer', value);
  }
  const percent = value.endsWith('%') ? atoi(value.slice(0, -1)) : undefined;
  if (percent === undefined) throw failure('an integer or a percentage such as "25%"', value);
  const exact = (percent * total) / 100;
  const scaled = rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
  if (Math.abs(scaled) >= 2 ** 63) throw failure('a percentage whose result fits an int64', value);
  // Ceil of a small negative number is minus zero.
  return scaled + 0;
}

/** Bounds of a rolling update, in pods. */
export interface Fenceposts {
  /** How many more than the desired number there may be. */
  readonly surge: number;
  /** How many fewer than the desired number may be available. */
  readonly unavailable: number;
}

/**
 * How many pods of a rolling update may be above and below the desired number. When rounding leaves none
 * for both, one may be unavailable, or the update could not move.
 *
 * @param maxSurge - Undefined means 0.
 * @param maxUnavailable - Undefined means 0.
 * @throws {@link BellowsError} `ERR_CORE_INT_OR_PERCENT` as {@link scaledIntOrPercent}.
 * @see kubernetes/kubectl v0.37.2 pkg/util/deployment/deployment.go ResolveFenceposts
 */
export function resolveFenceposts(
  maxSurge: IntOrString | undefined,
  maxUnavailable: IntOrString | undefined,
  desired: number,
): Fenceposts {
  const surge = scaledIntOrPercent(maxSurge ?? 0, desired, 'up');
  const unavailable = scaledIntOrPercent(maxUnavailable ?? 0, desired, 'down');
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** Go's `Atoi`: an integer of 64 bits in decimal digits. */
function atoi(text: string): number | undefined {
  if (!INTEGER.test(text) || text.replace(/^[+-]?0*/, '').length > 19) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value <= MAX_INT64 && value >= -MAX_INT64 - 1n ? Number(value) : undefined;
}

function isInt32(value: number): boolean {
  return value <= MAX_INT32 && value >= -MAX_INT32 - 1;
}

function failure(expected: string, got: unknown): BellowsError {
  return new BellowsError(
    'ERR_CORE_INT_OR_PERCENT',
    `Expected ${expected}, got ${JSON.stringify(got)}`,
    { remedy: 'Write a whole number, or a whole percentage in quotes: 1 or "25%".' },
  );
}
