/** A series as Prometheus names it, reduced to what rules look at: values of labels play no part. */
export interface SeriesShape {
  /** Its `__name__`. */
  readonly name: string;
  /** Without `__name__`. */
  readonly labelNames: readonly string[];
}
