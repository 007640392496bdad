import { BellowsError } from '@bellows/core';
import type { Slots } from '../memory/slot-arena.ts';
import { requireFinite } from './finite-value.ts';
import type { Histogram, HistogramSeries, Labels } from './instrument.ts';
import type { SeriesTable } from './series-table.ts';

/** prom-client 15.1.3's buckets: made for durations in seconds. */
export const DEFAULT_BUCKETS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Slots of one series: a count for each bucket and for what is above the last, then the sum. */
export function histogramSlotCount(buckets: readonly number[]): number {
  return buckets.length + 2;
}

/**
 * `buckets`, or the default ones, as they are kept.
 * @throws BellowsError `ERR_KIT_METRIC` unless they are finite and strictly rising, 1 to 1000 of them.
 */
export function normalizeBuckets(
  name: string,
  buckets: readonly number[] = DEFAULT_BUCKETS,
): readonly number[] {
  const isRising = buckets.every(
    (bound, index) =>
      Number.isFinite(bound) && (index === 0 || bound > (buckets[index - 1] ?? Infinity)),
  );
  if (isRising && buckets.length >= 1 && buckets.length <= 1000) return [...buckets];
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected buckets of ${name} to be 1 to 1000 finite, rising numbers, got \`${JSON.stringify(buckets)}\``,
    { remedy: 'Sort the bounds and leave +Inf out: it is always there.' },
  );
}

/** A histogram's series: counts are kept per bucket and summed up by the reader, so that one write suffices. */
export class SlotHistogram implements HistogramSeries {
  readonly #values: Float64Array;
  readonly #offset: number;
  readonly #buckets: readonly number[];

  constructor({ values, offset }: Slots, buckets: readonly number[]) {
    this.#values = values;
    this.#offset = offset;
    this.#buckets = buckets;
  }

  observe(value: number): void {
    requireFinite(value);
    const buckets = this.#buckets;
    let index = 0;
    while (index < buckets.length && value > (buckets[index] ?? Infinity)) index += 1;
    this.#add(this.#offset + index, 1);
    this.#add(this.#offset + buckets.length + 1, value);
  }

  #add(slot: number, by: number): void {
    this.#values[slot] = (this.#values[slot] ?? 0) + by;
  }
}

/** A histogram over its series. */
export class LabelledHistogram<Name extends string> implements Histogram<Name> {
  readonly #table: SeriesTable<Name, SlotHistogram>;

  constructor(table: SeriesTable<Name, SlotHistogram>) {
    this.#table = table;
  }

  observe(labelsOrValue: Labels<Name> | number, value?: number): void {
    if (typeof labelsOrValue === 'object') {
      this.#table.resolve(labelsOrValue).observe(value ?? Number.NaN);
    } else {
      this.#table.resolve().observe(labelsOrValue);
    }
  }

  labels(labels: Labels<Name>): HistogramSeries {
    return this.#table.resolve(labels);
  }
}
