import { BellowsError } from '../bellows-error.ts';

/** Most decimal digits a quantity's arithmetic spells out; larger amounts are refused, not computed. */
export const MAX_QUANTITY_DIGITS = 4096;

const SMALL_POWERS = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));

/**
 * 10 to the power of `exponent`, an integer of 0 or more.
 *
 * @throws {@link BellowsError} `ERR_CORE_QUANTITY` above {@link MAX_QUANTITY_DIGITS}: `1e2147483647` is
 * valid text, but would be two gigabytes of digits.
 */
export function powerOfTen(exponent: number): bigint {
  if (exponent > MAX_QUANTITY_DIGITS) {
    throw new BellowsError(
      'ERR_CORE_QUANTITY',
      `Expected an amount of at most ${MAX_QUANTITY_DIGITS} digits, got one of ${exponent} or more`,
      { remedy: 'Use an amount that a machine can have.' },
    );
  }
  return SMALL_POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/**
 * Go's `math.Pow10`: 1e-323 to 1e308, 0 below, infinite above. Not the nearest double everywhere, since
 * Go multiplies two table entries; the difference shows in the last digit of converted quantities.
 *
 * @see golang/go go1.26.8 src/math/pow10.go
 */
export function floatPowerOfTen(exponent: number): number {
  if (exponent > 308) return Number.POSITIVE_INFINITY;
  if (exponent < -323) return 0;
  const magnitude = Math.abs(exponent);
  const coarse = Math.floor(magnitude / 32) * 32;
  const fine = Number(`1e${magnitude % 32}`);
  return exponent < 0 ? Number(`1e-${coarse}`) / fine : Number(`1e${coarse}`) * fine;
}
