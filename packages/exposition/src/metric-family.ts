/** Types of text 0.0.4. `untyped` is also the type of samples without a TYPE line. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

/** One line of an exposition: a series and its value. */
export interface Sample {
  /** The series' name as it stands on the line: `x_total`, `x_bucket`, … */
  readonly name: string;
  /** Labels by name, in the order of the line; without the series' name. */
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite: a reader decides what that means for it, and never takes it for zero. */
  readonly value: number;
  /** Milliseconds since the epoch, where the line says it. */
  readonly timestampMs?: number;
}

/** The samples of one metric with what the page says about it. */
export interface MetricFamily {
  /** Name in the TYPE and HELP lines: a histogram `x` holds `x_bucket`, `x_sum` and `x_count`. */
  readonly name: string;
  /** `untyped` where the page has no TYPE line for it. */
  readonly type: MetricType;
  /** Absent where the page has no HELP line for it. */
  readonly help?: string;
  /** In page order. */
  readonly samples: readonly Sample[];
}
