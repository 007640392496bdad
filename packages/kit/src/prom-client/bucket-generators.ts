import { BellowsError } from '@bellows/core';

/**
 * Bounds that are `width` apart.
 * @throws BellowsError `ERR_KIT_METRIC` for a count below 1.
 */
export function linearBuckets(start: number, width: number, count: number): number[] {
  requireThat(count >= 1, 'a count of 1 or more', count);
  return Array.from({ length: count }, (_, index) => start + index * width);
}

/**
 * Bounds each of which is `factor` times the one before.
 * @throws BellowsError `ERR_KIT_METRIC` for a start of 0 or less, a factor of 1 or less, or a count below 1.
 */
export function exponentialBuckets(start: number, factor: number, count: number): number[] {
  requireThat(start > 0, 'a start above 0', start);
  requireThat(factor > 1, 'a factor above 1', factor);
  requireThat(count >= 1, 'a count of 1 or more', count);
  // One after the other, as prom-client does: the same roundings make the same bounds.
  const bounds = [start];
  while (bounds.length < count) bounds.push((bounds.at(-1) ?? start) * factor);
  return bounds;
}

function requireThat(isGood: boolean, expected: string, got: number): void {
  if (isGood) return;
  throw new BellowsError('ERR_KIT_METRIC', `Expected ${expected}, got \`${got}\``, {
    remedy: 'Check the arguments of the bucket generator.',
  });
}
