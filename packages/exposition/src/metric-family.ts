/**
 * Types of text 0.0.4 and OpenMetrics. `untyped` is text's word for `unknown` and the type of samples without a TYPE
 * line; the last four are OpenMetrics' own.
 */
export type MetricType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'summary'
  | 'untyped'
  | 'unknown'
  | 'info'
  | 'stateset'
  | 'gaugehistogram';

/** A single observation behind a sample, such as the trace of one slow request. OpenMetrics only. */
export interface Exemplar {
  /** What it is known by, such as `trace_id`. */
  readonly labels: Readonly<Record<string, string>>;
  /** What was observed, in the sample's unit. */
  readonly value: number;
  /** Milliseconds since the epoch, where the line says it. */
  readonly timestampMs?: number;
}

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
  /** Where the line has one. */
  readonly exemplar?: Exemplar;
  /** When a counter, histogram or summary began, in milliseconds since the epoch; where asked for and known. */
  readonly startTimestampMs?: number;
}

/** The samples of one metric with what the page says about it. */
export interface MetricFamily {
  /**
   * Name in the TYPE and HELP lines: a histogram `x` holds `x_bucket`, `x_sum` and `x_count`. A counter is `x_total`
   * in text and `x` in OpenMetrics, with samples `x_total` in both; either is written right in either format.
   */
  readonly name: string;
  /** `untyped` where the page has no TYPE line for it. */
  readonly type: MetricType;
  /** Absent where the page has no HELP line for it. */
  readonly help?: string;
  /** Such as `seconds`; the family's name ends in it. Only OpenMetrics says it. */
  readonly unit?: string;
  /** In page order. */
  readonly samples: readonly Sample[];
}
