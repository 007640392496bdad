import { BellowsError } from '../bellows-error.ts';

/** Units in the order in which they may follow each other, in milliseconds. */
const UNITS: readonly (readonly [name: string, milliseconds: number])[] = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];
const SHAPE =
  /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;
/** Prometheus counts nanoseconds in an int64. */
const MAX_NANOSECONDS = 9_223_372_036_854_775_807n;

/**
 * Reads a Prometheus duration: whole numbers with units of `y w d h m s ms`, each once and in that order, or
 * `0`.
 *
 * @returns Milliseconds, an integer.
 * @throws {@link BellowsError} `ERR_CORE_DURATION` when `text` is none or longer than 292 years.
 * @see prometheus/common v0.73.1 model/time.go ParseDuration
 */
export function parsePrometheusDuration(text: string): number {
  if (text === '0') return 0;
  const match = text === '' ? null : SHAPE.exec(text);
  if (match === null) {
    throw failure(
      text,
      'of whole numbers with the units y w d h m s ms, once each and in that order',
    );
  }
  let total = 0n;
  for (const [index, [, milliseconds]] of UNITS.entries()) {
    const digits = match[index + 1]?.replace(/^0+(?=\d)/, '') ?? '0';
    if (digits.length > 20) throw failure(text, 'of at most 292 years');
    total += BigInt(digits) * BigInt(milliseconds);
  }
  if (total * 1_000_000n > MAX_NANOSECONDS) throw failure(text, 'of at most 292 years');
  return Number(total);
}

function failure(text: string, expected: string): BellowsError {
  return new BellowsError(
    'ERR_CORE_DURATION',
    `Expected a Prometheus duration ${expected}, got ${JSON.stringify(text.slice(0, 80))}`,
    { remedy: 'Write it as 15s, 5m or 1h30m.' },
  );
}

/**
 * Writes milliseconds as a Prometheus duration: years and weeks only where nothing is left over
 * (`90d`, not `12w6d`), `0s` for zero.
 *
 * @see prometheus/common v0.73.1 model/time.go Duration.String
 */
export function formatPrometheusDuration(milliseconds: number): string {
  let left = Math.abs(Math.trunc(milliseconds));
  if (left === 0) return '0s';
  let text = milliseconds < 0 ? '-' : '';
  for (const [name, unit] of UNITS) {
    const isWholeOnly = name === 'y' || name === 'w';
    const count = isWholeOnly && left % unit !== 0 ? 0 : Math.floor(left / unit);
    if (count > 0) text += `${count}${name}`;
    left -= count * unit;
  }
  return text;
}
