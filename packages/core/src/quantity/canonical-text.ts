import { compareAmounts, roundUpAmount, type Amount } from './amount.ts';
import { MIN_INT64 } from './int64.ts';
import { powerOfTen } from './power-of-ten.ts';
import { formatSuffix, type QuantityFormat } from './suffix.ts';

const BINARY_LIMIT: Amount = { unscaled: 1024n, exponent: 0, isLarge: false };

/**
 * The canonical text: no fraction, the largest suffix that loses nothing. Binary amounts below 1024 or
 * with a fraction are written as decimals.
 *
 * One upstream defect is kept, since it is what Kubernetes 1.37 answers: above exa there is no suffix, and
 * none is written (`1000E` becomes `1`).
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/resource/quantity.go CanonicalizeBytes
 */
export function canonicalText(amount: Amount, format: QuantityFormat): string {
  if (amount.unscaled === 0n) return '0';
  if (format === 'BinarySI') return binaryText(amount);
  return decimalText(amount, format);
}

function binaryText(amount: Amount): string {
  const magnitude = amount.unscaled < 0n ? { ...amount, unscaled: -amount.unscaled } : amount;
  if (compareAmounts(magnitude, BINARY_LIMIT) < 0) return decimalText(amount, 'DecimalSI');
  const rounded = roundUpAmount(amount, 0);
  if (!rounded.exact) return decimalText(amount, 'DecimalSI');
  let value = rounded.amount.unscaled * powerOfTen(rounded.amount.exponent);
  let power = 0;
  // Upstream cannot take factors out of the smallest int64, since its negation overflows.
  const isStuck = value === MIN_INT64 && !amount.isLarge;
  while (!isStuck && value % 1024n === 0n) {
    value /= 1024n;
    power += 1;
  }
  return `${value}${formatSuffix(2, power * 10, 'BinarySI')}`;
}

function decimalText(amount: Amount, format: 'DecimalSI' | 'DecimalExponent'): string {
  let digits = amount.unscaled.toString();
  let exponent = amount.exponent;
  const significant = digits.replace(/0+$/, '');
  exponent += digits.length - significant.length;
  digits = significant;
  while (exponent % 3 !== 0) {
    digits += '0';
    exponent -= 1;
  }
  return digits + formatSuffix(10, exponent, format);
}
