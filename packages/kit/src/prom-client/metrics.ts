import { LabelledCounter } from '../instruments/counter.ts';
import { LabelledGauge } from '../instruments/gauge.ts';
import { LabelledHistogram, normalizeBuckets } from '../instruments/histogram.ts';
import type {
  CounterOptions,
  GaugeOptions,
  HistogramOptions,
  Labels,
  SummaryOptions,
} from '../instruments/instrument.ts';
import { isLabels } from '../instruments/metric.ts';
import { LabelledSummary, normalizePercentiles } from '../instruments/summary.ts';
import { checkedConfiguration, register, type MetricConfiguration } from './configuration.ts';
import { defaultRegister } from './default-register.ts';
import { readMetric, type MetricReading } from './metric-reading.ts';

/** What the constructor of {@link Counter} takes. */
export type CounterConfiguration<Name extends string> = CounterOptions<Name> &
  MetricConfiguration<Name>;
/** What the constructor of {@link Gauge} takes. */
export type GaugeConfiguration<Name extends string> = GaugeOptions<Name> &
  MetricConfiguration<Name>;
/** What the constructor of {@link Histogram} takes. */
export type HistogramConfiguration<Name extends string> = HistogramOptions<Name> &
  MetricConfiguration<Name>;
/** What the constructor of {@link Summary} takes. */
export type SummaryConfiguration<Name extends string> = SummaryOptions<Name> &
  MetricConfiguration<Name> & {
    /** Accepted and not used. */
    readonly compressCount?: number;
  };

/** One call with everything in it, as prom-client takes it with `enableExemplars`. */
export interface WithExemplar<Name extends string> {
  /** @defaultValue none */
  readonly labels?: Labels<Name>;
  /** What to add or to count. @defaultValue 1 for a counter */
  readonly value?: number;
  /** Accepted and not kept. */
  readonly exemplarLabels?: Readonly<Record<string, string | number>>;
}

/** A value that only rises. */
export class Counter<Name extends string = string> extends LabelledCounter<Name> {
  /** How values of several processes belong together. */
  readonly aggregator: string;
  readonly #takesExemplars: boolean;

  /** @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, or bad labels. */
  constructor(configuration: CounterConfiguration<Name>) {
    const { factory } = defaultRegister();
    const { collect, aggregator = 'sum', enableExemplars } = checkedConfiguration(configuration);
    super(factory.table(configuration, 'counter'), collect);
    this.aggregator = aggregator;
    this.#takesExemplars = enableExemplars === true;
    register(this, configuration);
  }

  /** As that of the kit's counters; with `enableExemplars` also one object with all, whose exemplar is not kept. */
  override inc(
    given?: Labels<Name> | WithExemplar<Name> | number | null,
    by?: number | null,
  ): void {
    if (!this.#takesExemplars || !isLabels(given)) super.inc(given as Labels<Name>, by);
    else {
      const { labels = {} as Labels<Name>, value } = given as WithExemplar<Name>;
      super.inc(labels, value);
    }
  }

  /** Its values, after its `collect` function has run. Rejects with what that throws. */
  async get(): Promise<MetricReading> {
    await this.collect?.();
    return readMetric(this);
  }
}

/** A value that goes up and down. */
export class Gauge<Name extends string = string> extends LabelledGauge<Name> {
  /** How values of several processes belong together. */
  readonly aggregator: string;

  /** @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, or bad labels. */
  constructor(configuration: GaugeConfiguration<Name>) {
    const { factory } = defaultRegister();
    const { collect, aggregator = 'sum' } = checkedConfiguration(configuration);
    super(factory.table(configuration, 'gauge'), collect);
    this.aggregator = aggregator;
    register(this, configuration);
  }

  /** Its values, after its `collect` function has run. Rejects with what that throws. */
  async get(): Promise<MetricReading> {
    await this.collect?.();
    return readMetric(this);
  }
}

/** Counts of values by bucket, with their sum. */
export class Histogram<Name extends string = string> extends LabelledHistogram<Name> {
  /** How values of several processes belong together. */
  readonly aggregator: string;
  readonly #takesExemplars: boolean;

  /** @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, bad labels or buckets. */
  constructor(configuration: HistogramConfiguration<Name>) {
    const { factory } = defaultRegister();
    const read = checkedConfiguration(configuration);
    const { collect, aggregator = 'sum', name, enableExemplars } = read;
    const bounds = normalizeBuckets(name, configuration.buckets);
    super(factory.table(configuration, 'histogram', bounds), collect);
    this.aggregator = aggregator;
    this.#takesExemplars = enableExemplars === true;
    register(this, configuration);
  }

  /** As that of the kit's histograms; with `enableExemplars` also one object with all, whose exemplar is not kept. */
  override observe(given: Labels<Name> | WithExemplar<Name> | number, value?: number): void {
    if (!this.#takesExemplars || !isLabels(given)) super.observe(given as Labels<Name>, value);
    else {
      const { labels = {} as Labels<Name>, value: observed } = given as WithExemplar<Name>;
      super.observe(labels, observed);
    }
  }

  /** Its values, after its `collect` function has run. Rejects with what that throws. */
  async get(): Promise<MetricReading> {
    await this.collect?.();
    return readMetric(this);
  }
}

/** Quantiles of values, with their count and sum. */
export class Summary<Name extends string = string> extends LabelledSummary<Name> {
  /** How values of several processes belong together. */
  readonly aggregator: string;

  /** @throws BellowsError `ERR_KIT_METRIC` for a bad or taken name, bad labels, percentiles or ages. */
  constructor(configuration: SummaryConfiguration<Name>) {
    const { factory } = defaultRegister();
    const { aggregator = 'sum', name } = checkedConfiguration(configuration);
    const bounds = normalizePercentiles(name, configuration.percentiles);
    super(factory.table(configuration, 'summary', bounds), configuration);
    this.aggregator = aggregator;
    register(this, configuration);
  }

  /** Its values, after its `collect` function has run. Rejects with what that throws. */
  async get(): Promise<MetricReading> {
    await this.collect?.();
    this.publish();
    return readMetric(this);
  }
}
