import { BellowsError } from '../bellows-error.ts';

const SECOND = 1_000_000_000n;
const UNIT_NANOSECONDS = new Map<string, bigint>([
  ['ns', 1n],
  ['us', 1000n],
  // Micro sign and Greek mu look alike; Go takes both.
  ['\u00b5s', 1000n],
  ['\u03bcs', 1000n],
  ['ms', 1_000_000n],
  ['s', SECOND],
  ['m', 60n * SECOND],
  ['h', 3600n * SECOND],
]);
/** Magnitude of the smallest duration, -2^63 ns. */
const LIMIT = 9_223_372_036_854_775_808n;
/** One number with its unit. */
const TERM = /(\d*)(\.\d*)?([^\d.]*)/y;

/**
 * Reads a duration as `metav1.Duration` does: `1.5h`, `2m30s`, `250ms`, `-5s`, `0`. Fractions of a nanosecond
 * are cut.
 *
 * @returns Nanoseconds, within int64.
 * @throws {@link BellowsError} `ERR_CORE_DURATION` when `text` is no duration or does not fit.
 * @see golang/go go1.26.8 src/time/format.go ParseDuration
 */
export function parseGoDuration(text: string): bigint {
  const isNegative = text.startsWith('-');
  const terms = isNegative || text.startsWith('+') ? text.slice(1) : text;
  if (terms === '0') return 0n;
  if (terms === '') throw failure(text, 'a number with a unit');
  let total = 0n;
  TERM.lastIndex = 0;
  while (TERM.lastIndex < terms.length) {
    const match = TERM.exec(terms);
    total += match === null ? 0n : termNanoseconds(text, match);
    if (total > LIMIT) throw failure(text, 'at most 2562047h47m16.854775807s');
  }
  if (isNegative) return -total;
  if (total === LIMIT) throw failure(text, 'at most 2562047h47m16.854775807s');
  return total;
}

function termNanoseconds(text: string, match: RegExpExecArray): bigint {
  const [, whole = '', point = '', unitText = ''] = match;
  if (whole === '' && point.length < 2) throw failure(text, 'a number before each unit');
  const unit = UNIT_NANOSECONDS.get(unitText);
  if (unit === undefined) throw failure(text, 'a unit of ns, us, ms, s, m, h after each number');
  // More digits than int64 has cannot fit, and need not be computed.
  const digits = whole.replace(/^0+/, '');
  if (digits.length > 19) throw failure(text, 'at most 2562047h47m16.854775807s');
  return BigInt(digits === '' ? '0' : digits) * unit + fractionNanoseconds(point.slice(1), unit);
}

/** Go computes fractions in doubles, and drops digits that do not fit an int64. */
function fractionNanoseconds(digits: string, unit: bigint): bigint {
  let kept = digits.slice(0, 19);
  if (kept.length === 19 && BigInt(kept) > LIMIT) kept = kept.slice(0, 18);
  if (kept === '' || Number(kept) === 0) return 0n;
  return BigInt(Math.trunc(Number(kept) * (Number(unit) / 10 ** kept.length)));
}

function failure(text: string, expected: string): BellowsError {
  return new BellowsError(
    'ERR_CORE_DURATION',
    `Expected a duration with ${expected}, got ${JSON.stringify(text.slice(0, 80))}`,
    { remedy: 'Write numbers with units, such as 30s, 1m30s or 250ms.' },
  );
}

/**
 * Writes a duration as Go does: `1h0m0s`, `2m30.5s`, `250ms`, `0s`.
 *
 * @param nanoseconds - Within int64.
 * @see golang/go go1.26.8 src/time/time.go Duration.String
 */
export function formatGoDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (magnitude === 0n) return '0s';
  if (magnitude < 1000n) return `${sign}${magnitude}ns`;
  if (magnitude < 1_000_000n) return `${sign}${decimal(magnitude, 3)}\u00b5s`;
  if (magnitude < SECOND) return `${sign}${decimal(magnitude, 6)}ms`;
  const minutes = magnitude / (60n * SECOND);
  const seconds = `${decimal(magnitude % (60n * SECOND), 9)}s`;
  if (minutes === 0n) return sign + seconds;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** `value` / 10^`places` without trailing zeros. */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`);
}
