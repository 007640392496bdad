import type { Slots } from '../memory/slot-arena.ts';
import type { FamilyType } from './journal.ts';

/** Where the slots of one series are. */
export type SlotPlace = Pick<Slots, 'values' | 'offset'>;

/**
 * How many slots one series has. A counter or gauge: the value; an age: the monotonic time from which it counts; a
 * histogram: a count for each bucket and for what is above the last, then the sum; a summary: a value for each
 * quantile, the sum, the count.
 */
export function slotCountOf(type: FamilyType, bounds: readonly number[]): number {
  return type === 'histogram' || type === 'summary' ? bounds.length + 2 : 1;
}

/** The value of a series that has one. */
export function readValue({ values, offset }: SlotPlace): number {
  return values[offset] ?? 0;
}

/** A histogram's series as it stands on a page. */
export interface HistogramReading {
  /** Values up to each bound, that of `+Inf` last. */
  readonly cumulativeCounts: readonly number[];
  readonly sum: number;
  /** The sum of the buckets that were read, so that it never disagrees with them. */
  readonly count: number;
}

/** Reads a histogram's series. @param boundCount - Bounds of its buckets, without `+Inf`. */
export function readHistogram({ values, offset }: SlotPlace, boundCount: number): HistogramReading {
  const cumulativeCounts: number[] = [];
  let count = 0;
  for (let index = 0; index <= boundCount; index += 1) {
    count += values[offset + index] ?? 0;
    cumulativeCounts.push(count);
  }
  return { cumulativeCounts, sum: values[offset + boundCount + 1] ?? 0, count };
}

/** A summary's series as it stands on a page. */
export interface SummaryReading {
  /** In the order of its percentiles; 0 each when there were no values. */
  readonly quantiles: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** Reads a summary's series. */
export function readSummary({ values, offset }: SlotPlace, quantileCount: number): SummaryReading {
  const end = offset + quantileCount;
  const quantiles = Array.from(values.subarray(offset, end));
  return { quantiles, sum: values[end] ?? 0, count: values[end + 1] ?? 0 };
}
