import {
  bucketQuantile,
  groupByLabels,
  missing,
  observedNumber,
  type Observed,
} from '@bellows/core';
import type { ResolvedSource } from './metric-source.ts';

/** What one series says over a source's window. */
export interface SeriesReading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Time of the sample it ends with, in milliseconds since the epoch. */
  readonly atMs: number;
}

/**
 * Makes one value of all series of a pod: sums by `sumBy`, quantiles of what is left, then `across`.
 *
 * @param readings - At least one.
 * @returns As old as the oldest reading. Missing when no histogram has an observation in the window, and when
 *   the value is not finite.
 */
export function podValue(
  source: ResolvedSource,
  readings: readonly SeriesReading[],
): Observed<number> {
  const values = source.as === 'quantile' ? quantiles(source, readings) : sums(source, readings);
  if (values.length === 0) {
    return missing(`no observation of ${source.series} in ${source.windowSeconds} s`);
  }
  const atMs = readings.reduce((oldest, reading) => Math.min(oldest, reading.atMs), Infinity);
  return observedNumber(acrossAll(source.across, values), atMs);
}

function sums({ sumBy }: ResolvedSource, readings: readonly SeriesReading[]): number[] {
  if (sumBy === undefined) return readings.map(({ value }) => value);
  return groupByLabels(readings, sumBy).map((group) => sum(group.map(({ value }) => value)));
}

/** Of each group of histograms that observed something. */
function quantiles(
  { quantile, sumBy = [] }: ResolvedSource,
  readings: readonly SeriesReading[],
): number[] {
  return groupByLabels(readings, sumBy).flatMap((group) => {
    const buckets = group.flatMap(({ labels, value }) => {
      const upperBound = parseBound(labels['le']);
      return upperBound === undefined ? [] : [{ upperBound, count: value }];
    });
    return bucketQuantile(quantile, buckets) ?? [];
  });
}

function parseBound(le: string | undefined): number | undefined {
  if (le === undefined || le === '') return undefined;
  const bound = le === '+Inf' ? Infinity : Number(le);
  return Number.isNaN(bound) ? undefined : bound;
}

function acrossAll(across: ResolvedSource['across'], values: readonly number[]): number {
  if (across === 'max') return values.reduce((max, value) => Math.max(max, value), -Infinity);
  return across === 'sum' ? sum(values) : sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
