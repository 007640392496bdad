import type { MetricSource } from '@bellows/core';

/** A {@link MetricSource} with nothing left open. */
export interface ResolvedSource {
  /** Name of the series. */
  readonly series: string;
  readonly as: 'value' | 'rate';
  /** Window of a rate, in seconds; 0 for a value. */
  readonly windowSeconds: number;
}

/** Window of a rate where nothing else is said, in seconds. */
const DEFAULT_RATE_WINDOW_SECONDS = 15;

const PER_SECOND = '_per_second';

/**
 * Says which series a metric's name means: `x_per_second` is the rate of the counter `x_total`, any
 * other name is the gauge of that name. What `override` sets goes before that.
 *
 * @param override - From `bellows.dev/metrics`; a `series` that ends in `_total` without `as` is read
 *   as it would be without override: `x_per_second` as a rate, any other name as a value.
 */
export function resolveSource(metricName: string, override: MetricSource = {}): ResolvedSource {
  const isPerSecond = metricName.endsWith(PER_SECOND);
  const as = override.as ?? (isPerSecond ? 'rate' : 'value');
  const series =
    override.series ??
    (isPerSecond && as === 'rate'
      ? `${metricName.slice(0, -PER_SECOND.length)}_total`
      : metricName);
  if (as === 'value') return { series, as, windowSeconds: 0 };
  return { series, as, windowSeconds: override.windowSeconds ?? DEFAULT_RATE_WINDOW_SECONDS };
}
