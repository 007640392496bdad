import { Quantity } from '@bellows/core';
import type { Int64 } from '../int64.ts';

const DECIMAL_SUFFIXES = ['m', '', 'k', 'M', 'G', 'T'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti'];

/** Writes thousandths as the status shows them: memory in binary units where nothing is lost. */
export function quantityText(valueMilli: Int64, resource?: string): string {
  const isBinary = resource === 'memory';
  if (typeof valueMilli === 'bigint') {
    return Quantity.fromMilli(valueMilli, isBinary ? 'BinarySI' : 'DecimalSI').toString();
  }
  const isWhole = valueMilli % 1000 === 0;
  return isBinary && isWhole && Math.abs(valueMilli) >= 1_024_000
    ? withSuffix(valueMilli / 1000, 1024, BINARY_SUFFIXES)
    : withSuffix(valueMilli, 1000, DECIMAL_SUFFIXES);
}

/** Takes the largest unit that loses nothing; a number below 2⁵³ never needs one beyond the last. */
function withSuffix(value: number, base: number, suffixes: readonly string[]): string {
  if (value === 0) return '0';
  let rest = value;
  let power = 0;
  while (rest % base === 0) {
    rest /= base;
    power += 1;
  }
  return `${rest}${suffixes[power] ?? ''}`;
}
