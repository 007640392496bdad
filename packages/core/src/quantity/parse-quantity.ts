import { BellowsError } from '../bellows-error.ts';
import { compareAmounts, rescaleLarge, type Amount } from './amount.ts';
import { MAX_INT64, multiplyInt64 } from './int64.ts';
import { MAX_QUANTITY_DIGITS } from './power-of-ten.ts';
import { parseSuffix, type QuantityFormat, type Suffix } from './suffix.ts';

/** What a quantity's text says. */
export interface ParsedQuantity {
  readonly amount: Amount;
  readonly format: QuantityFormat;
  /** The text itself, where upstream remembers it because it is canonical enough. */
  readonly text?: string;
}

/** Finest amount: one billionth. */
const NANO = -9;
/** Digits that always fit an int64. */
const INT64_DIGITS = 18;
/** Sign, digits, fraction, and the rest that must be a suffix. Linear: no two parts match the same text. */
const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?((?:[eEinumkKMGTP]+[+-]?\d*|[+-]\d*)?)$/;
const ONE: Amount = { unscaled: 1n, exponent: 0, isLarge: true };
const LARGEST: Amount = { unscaled: MAX_INT64, exponent: 0, isLarge: true };

interface Parts {
  readonly text: string;
  readonly isNegative: boolean;
  /** Digits before the point without leading zeros; `0` if there are none. */
  readonly whole: string;
  readonly fraction: string;
  /** Whether there is a digit at all: upstream takes `.` and `Ki` for zero, but not `Pi`. */
  readonly hasDigits: boolean;
  readonly suffix: Suffix;
}

/**
 * Reads a quantity as Kubernetes does, into the same one of its two forms.
 *
 * @throws {@link BellowsError} `ERR_CORE_QUANTITY` when the text is no quantity or longer than
 * {@link MAX_QUANTITY_DIGITS} characters.
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/quantity.go ParseQuantity
 */
export function parseQuantity(text: string): ParsedQuantity {
  const parts = splitQuantity(text);
  return parseSmall(parts) ?? parseLarge(parts);
}

function splitQuantity(text: string): Parts {
  if (text.length > MAX_QUANTITY_DIGITS) {
    throw failure(`at most ${MAX_QUANTITY_DIGITS} characters`, `${text.slice(0, 40)}…`);
  }
  const match = text === '' ? null : SHAPE.exec(text);
  if (match === null) {
    throw failure('a number and a suffix, such as 500m, 1.5Gi or 2e3', text);
  }
  const [, sign, digits = '', fraction = '', suffixText = ''] = match;
  const suffix = parseSuffix(suffixText);
  if (suffix === undefined) {
    throw failure(
      'one of the suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei or e and an integer',
      text,
    );
  }
  return {
    text,
    isNegative: sign === '-',
    whole: withoutLeadingZeros(digits),
    hasDigits: digits !== '' || fraction !== '',
    fraction,
    suffix,
  };
}

function withoutLeadingZeros(digits: string): string {
  const stripped = digits.replace(/^0+/, '');
  return stripped === '' ? '0' : stripped;
}

/** The int64 form, for amounts that surely fit it. */
function parseSmall({
  text,
  isNegative,
  whole,
  fraction,
  suffix,
}: Parts): ParsedQuantity | undefined {
  const isBinary = suffix.format === 'BinarySI';
  if (isBinary && fraction !== '') return undefined;
  const digitsLeft = isBinary
    ? INT64_DIGITS - 4 - whole.length - (suffix.exponent * 3) / 10
    : INT64_DIGITS - whole.length - fraction.length;
  const exponent = isBinary ? 0 : (suffix.exponent - fraction.length) | 0;
  if (digitsLeft < 0 || exponent < NANO) return undefined;
  const digits = whole + fraction;
  const value = BigInt(digits);
  const magnitude = multiplyInt64(value, isBinary ? 1n << BigInt(suffix.exponent) : 1n);
  if (magnitude === undefined) return undefined;
  const amount = { unscaled: isNegative ? -magnitude : magnitude, exponent, isLarge: false };
  const keepsText = isBinary
    ? (value & 7n) !== 0n
    : exponent % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  return { amount, format: suffix.format, ...(keepsText ? { text } : {}) };
}

/** The decimal form: cut to billionths (away from zero), and binary ones to an int64. */
function parseLarge(parts: Parts): ParsedQuantity {
  const { isNegative, whole, fraction, suffix } = parts;
  if (!parts.hasDigits) throw failure('a number before the suffix', parts.text);
  const isBinary = suffix.base === 2;
  const magnitude = BigInt(whole + fraction) << BigInt(isBinary ? suffix.exponent : 0);
  // Upstream adds two 32-bit scales, which wraps.
  const scale = (fraction.length - (isBinary ? 0 : suffix.exponent)) | 0;
  let amount: Amount = { unscaled: magnitude, exponent: -scale, isLarge: true };
  let format = suffix.format;
  if (magnitude !== 0n) amount = rescaleLarge(amount, NANO);
  if (format === 'BinarySI') {
    if (compareAmounts(amount, LARGEST) > 0) amount = LARGEST;
    if (magnitude !== 0n && compareAmounts(amount, ONE) < 0) format = 'DecimalSI';
  }
  return { amount: isNegative ? { ...amount, unscaled: -amount.unscaled } : amount, format };
}

function failure(expected: string, got: string): BellowsError {
  return new BellowsError(
    'ERR_CORE_QUANTITY',
    `Expected a quantity of ${expected}, got ${JSON.stringify(got)}`,
    { remedy: 'Write a number and, if needed, a suffix: 500m, 2, 10k, 128Mi.' },
  );
}
