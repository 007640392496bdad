import { parseFloatText } from '../float-text.ts';
import { decodePage } from './decode-page.ts';

/** Where {@link readNumber} reads. */
export interface NumberCursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** The number's first byte; then what follows its last one. */
  at: number;
}

/** Powers of ten that are doubles without a rounding. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** With so many digits a whole number is a double without a rounding. */
export const MAX_EXACT_DIGITS = 15;

/**
 * Passes a token, up to a blank, tab, line break, brace or NUL, and reads it as a number in Go's syntax; undefined if it
 * is none, the place stays then.
 *
 * Few digits make a double with one rounding: both the digits and the power of ten are exact. Only other
 * numbers are made text of.
 */
export function readNumber(cursor: NumberCursor): number | undefined {
  const { bytes, end } = cursor;
  const isNegative = bytes[cursor.at] === 45 && cursor.at < end;
  const start = isNegative ? cursor.at + 1 : cursor.at;
  const wholeEnd = digitsEnd(bytes, start, end);
  const hasPoint = wholeEnd < end && bytes[wholeEnd] === 46;
  const at = hasPoint ? digitsEnd(bytes, wholeEnd + 1, end) : wholeEnd;
  const digits = hasPoint ? at - start - 1 : at - start;
  const isPlain = digits > 0 && digits <= MAX_EXACT_DIGITS && (at >= end || isEnd(bytes[at] ?? 0));
  if (!isPlain) return readOtherNumber(cursor);
  cursor.at = at;
  let value = digitsValue(bytes, start, wholeEnd, 0);
  if (hasPoint) {
    const exact = digitsValue(bytes, wholeEnd + 1, at, value);
    value = exact / (POWERS_OF_TEN[at - wholeEnd - 1] ?? 1);
  }
  return isNegative ? -value : value;
}

/** Where the digits from `start` on end. */
function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte < 48 || byte > 57) break;
    at += 1;
  }
  return at;
}

/** The digits from `start` up to `end` behind those of `before`. */
function digitsValue(bytes: Uint8Array, start: number, end: number, before: number): number {
  let value = before;
  for (let at = start; at < end; at += 1) value = value * 10 + (bytes[at] ?? 0) - 48;
  return value;
}

function readOtherNumber(cursor: NumberCursor): number | undefined {
  const { bytes, end, at: start } = cursor;
  let at = start;
  while (at < end && !isEnd(bytes[at] ?? 0)) at += 1;
  if (at === start) return undefined;
  const value = parseFloatText(decodePage(bytes.subarray(start, at)));
  if (value !== undefined) cursor.at = at;
  return value;
}

function isEnd(byte: number): boolean {
  return byte === 10 || byte === 32 || byte === 9 || byte === 123 || byte === 0;
}
