/** Where the value of a Pods metric comes from: what the annotation `bellows.dev/metrics` can set. */
export interface MetricSource {
  /** Series read. Default: the metric's own name, or `x_total` for `x_per_second`. */
  readonly series?: string;
  /**
   * How the series becomes a value: as it is, or its increase per second. Default: `rate` for
   * `x_per_second`, `value` for any other name.
   */
  readonly as?: 'value' | 'rate';
  /** Window of a rate, in whole seconds, 1 to 3600. @defaultValue 15 */
  readonly windowSeconds?: number;
}
