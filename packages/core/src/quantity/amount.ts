import { fitsInt64, MAX_INT64, MIN_INT64, multiplyInt64, wrapInt64 } from './int64.ts';
import { floatPowerOfTen, powerOfTen } from './power-of-ten.ts';

/**
 * The number `unscaled` × 10^`exponent` in one of upstream's two forms: an int64 with a scale, or a
 * decimal of any size (`isLarge`). Equal numbers in different forms overflow and round differently, so the
 * form is part of the amount.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/amount.go
 */
export interface Amount {
  readonly unscaled: bigint;
  readonly exponent: number;
  readonly isLarge: boolean;
}

/** Divides and rounds away from zero; `divisor` is positive. */
export function divideAwayFromZero(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

/** Number of decimal digits of a magnitude. */
function digitCount(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

/**
 * Divides by 10^`places` and rounds away from zero, without spelling out a divisor larger than the value.
 */
function shiftRight(value: bigint, places: number): bigint {
  if (value === 0n) return 0n;
  if (places > digitCount(value)) return value < 0n ? -1n : 1n;
  return divideAwayFromZero(value, powerOfTen(places));
}

/** Writes an amount as a large decimal at exactly `exponent`, rounding away from zero. */
export function rescaleLarge(amount: Amount, exponent: number): Amount {
  const places = exponent - amount.exponent;
  const unscaled =
    amount.unscaled === 0n
      ? 0n
      : places > 0
        ? shiftRight(amount.unscaled, places)
        : amount.unscaled * powerOfTen(-places);
  return { unscaled, exponent, isLarge: true };
}

/** Rounds to at least `exponent`, away from zero, and says whether nothing was lost. */
export function roundUpAmount(
  amount: Amount,
  exponent: number,
): { amount: Amount; exact: boolean } {
  if (amount.isLarge) {
    const rounded = rescaleLarge(amount, exponent);
    return { amount: rounded, exact: compareAmounts(rounded, amount) === 0 };
  }
  if (amount.exponent >= exponent) return { amount, exact: true };
  const unscaled = shiftRight(amount.unscaled, exponent - amount.exponent);
  const rounded = { unscaled, exponent, isLarge: false };
  return { amount: rounded, exact: compareAmounts(rounded, amount) === 0 };
}

/** Compares two amounts exactly: -1, 0 or 1. */
export function compareAmounts(a: Amount, b: Amount): number {
  const signA = signOf(a.unscaled);
  const signB = signOf(b.unscaled);
  if (signA !== signB || signA === 0) return Math.sign(signA - signB);
  if (a.exponent === b.exponent) return signOf(a.unscaled - b.unscaled);
  // Digits before the decimal point decide first, so that no power of ten is larger than the numbers.
  const lengthA = digitCount(a.unscaled) + a.exponent;
  const lengthB = digitCount(b.unscaled) + b.exponent;
  if (lengthA !== lengthB) return lengthA > lengthB ? signA : -signA;
  const lowest = Math.min(a.exponent, b.exponent);
  const difference =
    a.unscaled * powerOfTen(a.exponent - lowest) - b.unscaled * powerOfTen(b.exponent - lowest);
  return signOf(difference);
}

/** -1, 0 or 1. */
export function signOf(value: bigint): number {
  return value === 0n ? 0 : value < 0n ? -1 : 1;
}

/** Adds two amounts; the sum stays in the int64 form while it fits. */
export function addAmounts(a: Amount, b: Amount): Amount {
  if (!a.isLarge && !b.isLarge) {
    if (b.unscaled === 0n) return a;
    if (a.unscaled === 0n) return b;
    const sum = addSmall(a, b);
    if (sum !== undefined) return sum;
  }
  const exponent = Math.min(a.exponent, b.exponent);
  const unscaled = rescaleLarge(a, exponent).unscaled + rescaleLarge(b, exponent).unscaled;
  return { unscaled, exponent, isLarge: true };
}

function addSmall(a: Amount, b: Amount): Amount | undefined {
  const [higher, lower] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const shifted = scaleUpInt64(higher.unscaled, higher.exponent - lower.exponent);
  if (shifted === undefined) return undefined;
  const unscaled = shifted + lower.unscaled;
  return fitsInt64(unscaled) ? { unscaled, exponent: lower.exponent, isLarge: false } : undefined;
}

/** Subtracts. Exact for -2^63 too, whose negation wraps in upstream's int64 form. */
export function subtractAmounts(a: Amount, b: Amount): Amount {
  const isLarge = b.isLarge || b.unscaled === MIN_INT64;
  return addAmounts(a, { unscaled: -b.unscaled, exponent: b.exponent, isLarge });
}

/** Multiplies by an int64; `exact` is false where the digits no longer fit an int64. */
export function multiplyAmount(a: Amount, factor: bigint): { amount: Amount; exact: boolean } {
  if (!a.isLarge) {
    const amount = multiplySmall(a, factor);
    if (amount !== undefined) return { amount, exact: true };
  }
  const unscaled = a.unscaled * factor;
  return {
    amount: { unscaled, exponent: a.exponent, isLarge: true },
    exact: fitsInt64(unscaled),
  };
}

function multiplySmall(a: Amount, factor: bigint): Amount | undefined {
  if (a.unscaled === 0n) return a;
  if (factor === 0n) return { unscaled: 0n, exponent: 0, isLarge: false };
  const unscaled = multiplyInt64(a.unscaled, factor);
  if (unscaled === undefined) return undefined;
  const product = { unscaled, exponent: a.exponent, isLarge: false };
  if (a.exponent > 0 && scaleUpInt64(unscaled, a.exponent) === undefined) return undefined;
  if (a.exponent < 0 && !roundUpAmount(product, 0).exact) return undefined;
  return product;
}

/** `base` × 10^`places` if it fits an int64, else undefined. */
export function scaleUpInt64(base: bigint, places: number): bigint | undefined {
  if (places === 0 || base === 0n) return base;
  if (places > 18) return undefined;
  return multiplyInt64(base, powerOfTen(places));
}

/** Places at which upstream multiplies once, and an overflow wraps; at all others it gives 0. */
const WRAPPING_PLACES = new Set([1, 2, 3, 6, 9]);

/**
 * The amount in units of 10^`exponent` as an int64, rounded up, with upstream's overflow: an int64 form
 * gives 0 or wraps, a large one keeps the low 64 bits. Large negative amounts are cut and increased by 1.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/quantity.go ScaledValue
 */
export function scaledInt64(amount: Amount, exponent: number): bigint {
  const places = amount.exponent - exponent;
  if (amount.isLarge) return scaledLarge(amount.unscaled, places);
  if (places < 0) return shiftRight(amount.unscaled, -places);
  const scaled = scaleUpInt64(amount.unscaled, places);
  if (scaled !== undefined) return scaled;
  const wraps = WRAPPING_PLACES.has(places) && amount.unscaled !== MIN_INT64;
  return wraps ? wrapInt64(amount.unscaled * powerOfTen(places)) : 0n;
}

/** @see kubernetes/apimachinery v0.37.2 pkg/api/resource/scale_int.go */
function scaledLarge(unscaled: bigint, places: number): bigint {
  const low = wrapInt64(unscaled);
  if (places === 0) return low;
  if (places > 0) {
    // Go converts 10^19 and more to the smallest int64 (amd64).
    return wrapInt64(low * (places > 18 ? MIN_INT64 : powerOfTen(places)));
  }
  if (unscaled < MAX_INT64 && places > -19) return cutAndIncrease(low, powerOfTen(-places));
  if (-places > digitCount(unscaled)) return unscaled > 0n ? 1n : unscaled < 0n ? 0n : unscaled;
  const divisor = powerOfTen(-places);
  const remainder = unscaled % divisor;
  if (remainder === 0n) return wrapInt64(unscaled / divisor);
  // Go's DivMod is Euclidean here: one less than the cut quotient for a negative amount.
  const floor = remainder < 0n ? unscaled / divisor - 1n : unscaled / divisor;
  return wrapInt64(floor + 1n);
}

function cutAndIncrease(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor === 0n ? quotient : quotient + 1n;
}

/**
 * The nearest double, but for the last digit: Go's two-step conversion, bit for bit. Infinite where no
 * double is large enough.
 */
export function approximateNumber(amount: Amount): number {
  if (amount.unscaled === 0n) return 0;
  const base = Number(amount.unscaled);
  return amount.exponent === 0 ? base : base * floatPowerOfTen(amount.exponent);
}
