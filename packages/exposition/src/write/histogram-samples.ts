import { formatFloat } from '../float-text.ts';
import type { Exemplar, Sample } from '../metric-family.ts';

/** What {@link histogramSamples} makes lines of. */
export interface HistogramReading {
  /** Without `le`. */
  readonly labels: Readonly<Record<string, string>>;
  /** In order of their bounds, counts added up; the bucket `+Inf` may be left out. */
  readonly buckets: readonly HistogramBucket[];
  /** Sum of what was observed. */
  readonly sum: number;
  /** How many were observed. */
  readonly count: number;
  /** Milliseconds since the epoch; undefined for now. */
  readonly timestampMs?: number | undefined;
}

/** One bucket of a {@link HistogramReading}. */
export interface HistogramBucket {
  /** Largest value in it. */
  readonly upperBound: number;
  /** Observations up to its bound: those of all buckets before it are counted in. */
  readonly count: number;
  /** One of its observations. */
  readonly exemplar?: Exemplar | undefined;
}

/**
 * The samples of one histogram: its buckets, the one of `+Inf` with the count if it is missing, sum and count.
 *
 * @param name - The family's name.
 */
export function histogramSamples(
  name: string,
  { labels, buckets, sum, count, timestampMs }: HistogramReading,
): Sample[] {
  const time = timestampMs === undefined ? {} : { timestampMs };
  const infinite = Number.POSITIVE_INFINITY;
  const isComplete = buckets.at(-1)?.upperBound === infinite;
  const all = isComplete ? buckets : [...buckets, { upperBound: infinite, count }];
  return [
    ...all.map(({ upperBound, count: value, exemplar }): Sample => {
      const series = { name: `${name}_bucket`, labels: { ...labels, le: formatFloat(upperBound) } };
      return { ...series, value, ...time, ...(exemplar === undefined ? {} : { exemplar }) };
    }),
    { name: `${name}_sum`, labels, value: sum, ...time },
    { name: `${name}_count`, labels, value: count, ...time },
  ];
}
