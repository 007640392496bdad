/** Label names to values; numbers are written in decimal. A name that is left out has the empty value. */
export type Labels<Name extends string> = Readonly<Partial<Record<Name, string | number>>>;

/** What every metric is made from, as in prom-client. */
export interface InstrumentOptions<Name extends string> {
  /** Such as `shop_orders_total`: letters, digits, `_` and `:`, not beginning with a digit. Unique in the kit. */
  readonly name: string;
  /** One line for the reader of `/metrics`. */
  readonly help: string;
  /** Names of its labels, in the order they are written. @defaultValue none */
  readonly labelNames?: readonly Name[];
}

/** Options of a histogram. */
export interface HistogramOptions<Name extends string> extends InstrumentOptions<Name> {
  /**
   * Upper bounds of the buckets, rising, without `+Inf`.
   * @defaultValue prom-client's: 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
   */
  readonly buckets?: readonly number[];
}

/** One series of a counter. */
export interface CounterSeries {
  /** Adds `by`. @param by - Finite, 0 or more. @defaultValue 1 */
  inc(by?: number): void;
}

/** A value that only rises. */
export interface Counter<Name extends string> extends CounterSeries {
  /** Adds `by`. @param by - Finite, 0 or more. @defaultValue 1 */
  inc(by?: number): void;
  /** Adds `by` to the series with these labels. @param by - Finite, 0 or more. @defaultValue 1 */
  inc(labels: Labels<Name>, by?: number): void;
  /** The series with these labels, to be kept by code that runs often. */
  labels(labels: Labels<Name>): CounterSeries;
}

/** One series of a gauge. */
export interface GaugeSeries {
  /** Replaces the value. @param value - Finite. */
  set(value: number): void;
  /** Adds `by`. @param by - Finite. @defaultValue 1 */
  inc(by?: number): void;
  /** Takes `by` away. @param by - Finite. @defaultValue 1 */
  dec(by?: number): void;
}

/** A value that goes up and down. */
export interface Gauge<Name extends string> extends GaugeSeries {
  /** Replaces the value. @param value - Finite. */
  set(value: number): void;
  /** Replaces the value of the series with these labels. @param value - Finite. */
  set(labels: Labels<Name>, value: number): void;
  /** Adds `by`. @param by - Finite. @defaultValue 1 */
  inc(by?: number): void;
  /** Adds `by` to the series with these labels. @param by - Finite. @defaultValue 1 */
  inc(labels: Labels<Name>, by?: number): void;
  /** Takes `by` away. @param by - Finite. @defaultValue 1 */
  dec(by?: number): void;
  /** Takes `by` away from the series with these labels. @param by - Finite. @defaultValue 1 */
  dec(labels: Labels<Name>, by?: number): void;
  /** The series with these labels, to be kept by code that runs often. */
  labels(labels: Labels<Name>): GaugeSeries;
}

/** One series of a histogram. */
export interface HistogramSeries {
  /** Counts a value. @param value - Finite, in the unit of the metric's name. */
  observe(value: number): void;
}

/** Counts of values by bucket, with their sum. */
export interface Histogram<Name extends string> extends HistogramSeries {
  /** Counts a value. @param value - Finite, in the unit of the metric's name. */
  observe(value: number): void;
  /** Counts a value in the series with these labels. @param value - Finite, in the unit of the metric's name. */
  observe(labels: Labels<Name>, value: number): void;
  /** The series with these labels, to be kept by code that runs often. */
  labels(labels: Labels<Name>): HistogramSeries;
}
