import { BellowsError } from '@bellows/core';
import { addTo, type Cell } from './cell.ts';
import type { Histogram, HistogramSeries, LabelArguments, Labels, Timer } from './instrument.ts';
import { isLabels, Metric, requireFinite, SeriesHandle } from './metric.ts';
import type { SeriesTable } from './series-table.ts';
import { slotCountOf } from './slot-layout.ts';
import { startTimer } from './timer.ts';

/** prom-client 15.1.3's buckets: made for durations in seconds. */
export const DEFAULT_BUCKETS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/**
 * `buckets`, or the default ones, as they are kept.
 * @throws BellowsError `ERR_KIT_METRIC` unless they are finite and strictly rising, 1 to 1000 of them.
 */
export function normalizeBuckets(
  name: string,
  buckets: readonly number[] = DEFAULT_BUCKETS,
): readonly number[] {
  const given: unknown = buckets;
  const isList = Array.isArray(given) && given.length >= 1 && given.length <= 1000;
  const isRising =
    isList &&
    buckets.every(
      (bound, index) =>
        Number.isFinite(bound) && (index === 0 || bound > (buckets[index - 1] ?? Infinity)),
    );
  if (isRising) return [...buckets];
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected buckets of ${name} to be 1 to 1000 finite, rising numbers, got \`${JSON.stringify(buckets)}\``,
    { remedy: 'Sort the bounds and leave +Inf out: it is always there.' },
  );
}

/** A histogram over its series: counts are kept per bucket and summed up by the reader, so that one write suffices. */
export class LabelledHistogram<Name extends string>
  extends Metric<Name>
  implements Histogram<Name>
{
  readonly #bounds: readonly number[];

  constructor(table: SeriesTable, collect?: (this: never) => unknown) {
    super(table, collect);
    this.#bounds = table.family.bounds;
  }

  observe(labelsOrValue: Labels<Name> | number, value?: number): void {
    const given = requireFinite(isLabels(labelsOrValue) ? value : labelsOrValue);
    count(this.cellOf(labelsOrValue), this.#bounds, given);
  }

  zero(labels: Labels<Name>): void {
    const { values, offset } = this.table.resolve(labels);
    values.fill(0, offset, offset + slotCountOf('histogram', this.#bounds));
  }

  startTimer(labels?: Labels<Name>): Timer<Name> {
    return startTimer(labels, (all, seconds) => {
      this.observe(all, seconds);
    });
  }

  labels(...labels: LabelArguments<Name>): HistogramSeries {
    return new HistogramHandle(this.table, this.table.resolve(this.labelsOf(labels)));
  }
}

class HistogramHandle extends SeriesHandle implements HistogramSeries {
  readonly #bounds: readonly number[];

  constructor(table: SeriesTable, cell: Cell) {
    super(table, cell);
    this.#bounds = table.family.bounds;
  }

  observe(value: number): void {
    count(this.cell, this.#bounds, requireFinite(value));
  }

  startTimer(): () => number {
    return startTimer(undefined, (_labels, seconds) => {
      this.observe(seconds);
    });
  }
}

function count({ values, offset }: Cell, bounds: readonly number[], value: number): void {
  let index = 0;
  while (index < bounds.length && value > (bounds[index] ?? Infinity)) index += 1;
  addTo(values, offset + index, 1);
  addTo(values, offset + bounds.length + 1, value);
}
