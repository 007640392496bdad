/** Where the value of a Pods metric comes from: what the annotation `bellows.dev/metrics` can set. */
export interface MetricSource {
  /**
   * Series read. Default: the metric's own name, or `x_total` for `x_per_second`. For a quantile the
   * histogram's name, without `_bucket`.
   */
  readonly series?: string;
  /**
   * How each series becomes a value: its last sample (`value`), a counter's increase per second (`rate`) or
   * increase, the average or the greatest sample of the window, or, of all buckets of a classic histogram
   * together, a quantile of what was observed in the window. Default: `rate` for `x_per_second`, `value` for
   * any other name.
   */
  readonly as?: 'value' | 'rate' | 'increase' | 'avg' | 'max' | 'quantile';
  /** Window of all but `value`, in whole seconds, 1 to 3600. @defaultValue 15 */
  readonly windowSeconds?: number;
  /** Which quantile, above 0 and below 1. @defaultValue 0.99 */
  readonly quantile?: number;
  /** Labels by which a pod's series are summed first, as PromQL's `sum by`. Default: no sums before `across`. */
  readonly sumBy?: readonly string[];
  /**
   * How what is left of a pod's series becomes one number. Default: `sum`; for a quantile `max`, since a sum
   * of quantiles means nothing.
   */
  readonly across?: 'sum' | 'avg' | 'max';
}
