import type { MetricSource } from '@bellows/core';

/** A {@link MetricSource} with nothing left open. */
export interface ResolvedSource {
  /** Name of the series, of a histogram with `_bucket`. */
  readonly series: string;
  readonly as: NonNullable<MetricSource['as']>;
  /** In seconds; 0 for a value. */
  readonly windowSeconds: number;
  /** Above 0 and below 1; of use for `quantile` only. */
  readonly quantile: number;
  /** Undefined: each series stays by itself, but for the buckets of a histogram, which are one. */
  readonly sumBy: readonly string[] | undefined;
  readonly across: NonNullable<MetricSource['across']>;
}

/** Window where nothing else is said, in seconds. */
const DEFAULT_WINDOW_SECONDS = 15;
const DEFAULT_QUANTILE = 0.99;

const PER_SECOND = '_per_second';
const BUCKET = '_bucket';

/**
 * Says which series a metric's name means: `x_per_second` is the rate of the counter `x_total`, any
 * other name is the gauge of that name. What `override` sets goes before that.
 *
 * @param override - From `bellows.dev/metrics`; a `series` that ends in `_total` without `as` is read
 *   as it would be without override: `x_per_second` as a rate, any other name as a value.
 */
export function resolveSource(metricName: string, override: MetricSource = {}): ResolvedSource {
  const as = override.as ?? (metricName.endsWith(PER_SECOND) ? 'rate' : 'value');
  return {
    series: seriesName(metricName, as, override.series),
    as,
    windowSeconds: as === 'value' ? 0 : (override.windowSeconds ?? DEFAULT_WINDOW_SECONDS),
    quantile: override.quantile ?? DEFAULT_QUANTILE,
    sumBy: override.sumBy,
    across: override.across ?? (as === 'quantile' ? 'max' : 'sum'),
  };
}

/** The parts that decide which samples are kept. */
export function keptAs({ series, windowSeconds }: ResolvedSource): string {
  return `${series} ${windowSeconds}`;
}

function seriesName(
  metricName: string,
  as: ResolvedSource['as'],
  override: string | undefined,
): string {
  const isCounterRate = metricName.endsWith(PER_SECOND) && as === 'rate';
  const name =
    override ?? (isCounterRate ? `${metricName.slice(0, -PER_SECOND.length)}_total` : metricName);
  return as === 'quantile' && !name.endsWith(BUCKET) ? name + BUCKET : name;
}
