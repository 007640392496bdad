import {
  averageOverTime,
  increaseOverTime,
  maxOverTime,
  missing,
  observed,
  rateOverTime,
  SampleWindow,
  type Observed,
  type RateRange,
} from '@bellows/core';
import type { MetricType } from '@bellows/exposition';
import type { ResolvedSource } from '../metric/metric-source.ts';

/** A series that is kept, and what its target's pages said of it. */
export interface KeptSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly type: MetricType;
  /** Undefined where only the last value is asked for. */
  readonly window: SampleWindow | undefined;
  /** Value on the last page; NaN before the page is taken. */
  value: number;
  /** Its time, in milliseconds since the epoch. */
  atMs: number;
}

/** The series with a window of another size, which keeps the samples that fit. */
export function resized(series: KeptSeries, maxSamples: number): KeptSeries {
  if (maxSamples === 0) return { ...series, window: undefined };
  const window = new SampleWindow({ maxSamples });
  const before = series.window;
  for (let index = 0; index < (before?.length ?? 0); index += 1) {
    window.add(before?.atMs(index) ?? Number.NaN, before?.value(index) ?? Number.NaN);
  }
  return { ...series, window };
}

/** What a series says over a source's window; for a value it may be any number, NaN too. */
export function valueOver(
  { as }: ResolvedSource,
  { name, window, value, atMs }: KeptSeries,
  range: RateRange,
): Observed<number> {
  // A last value that is not finite makes the pod's missing; left out, it would be taken for zero.
  if (as === 'value' || window === undefined) return observed(value, atMs);
  if (as === 'avg') return averageOverTime(window, range);
  if (as === 'max') return maxOverTime(window, range);
  const counted = as === 'rate' ? rateOverTime(window, range) : increaseOverTime(window, range);
  if (counted.kind === 'value') return counted;
  return missing(`${name} needs a second scrape for its ${as === 'rate' ? 'rate' : 'increase'}`);
}

/** Labels in any order name one series. */
export function seriesKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
