/** Label names to values; numbers are written in decimal. A name that is left out has the empty value. */
export type Labels<Name extends string> = Readonly<Partial<Record<Name, string | number>>>;

/** What every metric is made from, as in prom-client. */
export interface InstrumentOptions<Name extends string> {
  /** Such as `shop_orders_total`: letters, digits, `_` and `:`, not beginning with a digit. Unique in its registry. */
  readonly name: string;
  /** One line for the reader of `/metrics`. */
  readonly help: string;
  /** Names of its labels, in the order they are written. @defaultValue none */
  readonly labelNames?: readonly Name[];
}

/** Options of a counter. */
export interface CounterOptions<Name extends string> extends InstrumentOptions<Name> {
  /**
   * Brings the value up to date; called on the main thread every `collectIntervalSeconds`, never in a scrape. What it
   * throws is counted, and said once.
   */
  readonly collect?: CollectFunction<Counter<Name>>;
}

/** Options of a gauge. */
export interface GaugeOptions<Name extends string> extends InstrumentOptions<Name> {
  /** As that of {@link CounterOptions}. */
  readonly collect?: CollectFunction<Gauge<Name>>;
}

/** Options of a histogram. */
export interface HistogramOptions<Name extends string> extends InstrumentOptions<Name> {
  /**
   * Upper bounds of the buckets, rising, without `+Inf`.
   * @defaultValue prom-client's: 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
   */
  readonly buckets?: readonly number[];
  /** As that of {@link CounterOptions}. */
  readonly collect?: CollectFunction<Histogram<Name>>;
}

/** Options of a summary. A histogram is the better choice: summaries of several replicas cannot be added up. */
export interface SummaryOptions<Name extends string> extends InstrumentOptions<Name> {
  /** Quantiles, 0 to 1. @defaultValue prom-client's: 0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999 */
  readonly percentiles?: readonly number[];
  /** Age beyond which a value does not count for the quantiles, in seconds; with `ageBuckets`. @defaultValue none */
  readonly maxAgeSeconds?: number | undefined;
  /** Steps in which values leave within `maxAgeSeconds`, 1 to 100. @defaultValue none */
  readonly ageBuckets?: number | undefined;
  /** Removes a series that has had no value for `maxAgeSeconds`. @defaultValue false */
  readonly pruneAgedBuckets?: boolean;
  /** As that of {@link CounterOptions}. */
  readonly collect?: CollectFunction<Summary<Name>>;
}

/** Brings a metric, which is `this`, up to date. */
export type CollectFunction<Metric> = (this: Metric) => void | Promise<void>;

/** Labels as one object, or as a value for each name, in the order of `labelNames`. */
export type LabelArguments<Name extends string> =
  readonly [labels: Labels<Name>] | readonly (string | number)[];

/** What all metrics can do. */
export interface Instrument<Name extends string> {
  /** Removes the series with these labels; it begins anew with its next value. */
  remove(...labels: LabelArguments<Name>): void;
  /** Removes all series; a metric without labels is at 0 again. */
  reset(): void;
}

/** One series of a counter. */
export interface CounterSeries {
  /** Adds `by`. @param by - Finite, 0 or more. @defaultValue 1 */
  inc(by?: number): void;
}

/** A value that only rises. */
export interface Counter<Name extends string> extends CounterSeries, Instrument<Name> {
  /** Adds `by`. @param by - Finite, 0 or more. @defaultValue 1 */
  inc(by?: number): void;
  /** Adds `by` to the series with these labels. @param by - Finite, 0 or more. @defaultValue 1 */
  inc(labels: Labels<Name>, by?: number): void;
  /** The series with these labels, to be kept by code that runs often. */
  labels(...labels: LabelArguments<Name>): CounterSeries;
}

/** One series of a gauge. */
export interface GaugeSeries {
  /** Replaces the value. @param value - A number. */
  set(value: number): void;
  /** Adds `by`. @param by - Finite. @defaultValue 1 */
  inc(by?: number): void;
  /** Takes `by` away. @param by - Finite. @defaultValue 1 */
  dec(by?: number): void;
  /** Sets the time of now, in seconds since the epoch. */
  setToCurrentTime(): void;
  /** Begins to measure; the function it returns sets, and returns, the seconds since then. */
  startTimer(): () => number;
}

/** A value that goes up and down. */
export interface Gauge<Name extends string> extends Instrument<Name> {
  /** Replaces the value. @param value - A number. */
  set(value: number): void;
  /** Replaces the value of the series with these labels. @param value - A number. */
  set(labels: Labels<Name>, value: number): void;
  /** Adds `by`. @param by - Finite. @defaultValue 1 */
  inc(by?: number): void;
  /** Adds `by` to the series with these labels. @param by - Finite. @defaultValue 1 */
  inc(labels: Labels<Name>, by?: number): void;
  /** Takes `by` away. @param by - Finite. @defaultValue 1 */
  dec(by?: number): void;
  /** Takes `by` away from the series with these labels. @param by - Finite. @defaultValue 1 */
  dec(labels: Labels<Name>, by?: number): void;
  /** Sets the time of now, in seconds since the epoch. */
  setToCurrentTime(labels?: Labels<Name>): void;
  /** Begins to measure; the function it returns sets, and returns, the seconds since then. */
  startTimer(labels?: Labels<Name>): Timer<Name>;
  /** The series with these labels, to be kept by code that runs often. */
  labels(...labels: LabelArguments<Name>): GaugeSeries;
}

/** Ends a measurement, with more labels if need be. @returns seconds. */
export type Timer<Name extends string> = (labels?: Labels<Name>) => number;

/** One series of a histogram or summary. */
export interface ObserverSeries {
  /** Counts a value. @param value - Finite, in the unit of the metric's name. */
  observe(value: number): void;
  /** Begins to measure; the function it returns counts, and returns, the seconds since then. */
  startTimer(): () => number;
}

/** What histograms and summaries can do. */
export interface Observer<Name extends string> extends Instrument<Name> {
  /** Counts a value. @param value - Finite, in the unit of the metric's name. */
  observe(value: number): void;
  /** Counts a value in the series with these labels. @param value - Finite, in the unit of the metric's name. */
  observe(labels: Labels<Name>, value: number): void;
  /** Begins to measure; the function it returns counts, and returns, the seconds since then. */
  startTimer(labels?: Labels<Name>): Timer<Name>;
  /** The series with these labels, to be kept by code that runs often. */
  labels(...labels: LabelArguments<Name>): ObserverSeries;
}

/** One series of a histogram. */
export type HistogramSeries = ObserverSeries;

/** Counts of values by bucket, with their sum. */
export interface Histogram<Name extends string> extends Observer<Name> {
  /** Makes the series with these labels, at 0, or sets it back to 0. */
  zero(labels: Labels<Name>): void;
}

/** Quantiles of values, with their count and sum. */
export type Summary<Name extends string> = Observer<Name>;
