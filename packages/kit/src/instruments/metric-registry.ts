import { BellowsError } from '@bellows/core';
import { nextId } from '../memory/next-id.ts';
import { SlotArena } from '../memory/slot-arena.ts';
import { AgeGauge } from './age-gauge.ts';
import { LabelledCounter } from './counter.ts';
import { LabelledGauge } from './gauge.ts';
import { LabelledHistogram, normalizeBuckets } from './histogram.ts';
import type {
  CounterOptions,
  GaugeOptions,
  HistogramOptions,
  InstrumentOptions,
  SummaryOptions,
} from './instrument.ts';
import { Journal, type FamilyType } from './journal.ts';
import type { Metric } from './metric.ts';
import { SeriesTable } from './series-table.ts';
import { LabelledSummary, normalizePercentiles } from './summary.ts';
import { sampleNames, validateInstrument } from './validate-instrument.ts';

/** Creates metrics whose values are in shared memory, and keeps the journal another thread renders them from. */
export class MetricRegistry {
  readonly journal: Journal = new Journal();
  /** Its number in journals. */
  readonly source: number;
  /** Makes metrics that are in no registry yet. */
  readonly factory: MetricFactory;
  readonly #metrics = new Map<string, Metric<string>>();
  /** Metrics by the names of their lines. */
  readonly #owners = new Map<string, string>();

  /** @param maxSeriesPerMetric - Label sets of each metric that is created here, 1 or more. */
  constructor(maxSeriesPerMetric: number) {
    this.factory = new MetricFactory(maxSeriesPerMetric);
    this.source = nextId();
  }

  /** Its metrics, in the order in which they came. */
  get all(): Iterable<Metric<string>> {
    return this.#metrics.values();
  }

  /** The metric of that name. */
  find(name: string): Metric<string> | undefined {
    return this.#metrics.get(name);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  counter<Name extends string>(options: CounterOptions<Name>): LabelledCounter<Name> {
    return this.add(this.factory.counter(options));
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  gauge<Name extends string>(options: GaugeOptions<Name>): LabelledGauge<Name> {
    return this.add(this.factory.gauge(options));
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  histogram<Name extends string>(options: HistogramOptions<Name>): LabelledHistogram<Name> {
    return this.add(this.factory.histogram(options));
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  summary<Name extends string>(options: SummaryOptions<Name>): LabelledSummary<Name> {
    return this.add(this.factory.summary(options));
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  age<Name extends string>(options: InstrumentOptions<Name>): AgeGauge<Name> {
    return this.add(new AgeGauge<Name>(this.factory.table(options, 'age')));
  }

  /**
   * Takes a metric in, which may be in other registries, too.
   * @throws BellowsError `ERR_KIT_METRIC` when one of the names under which it stands in `/metrics` is taken.
   */
  add<Taken extends Metric<never>>(metric: Taken): Taken {
    const known: unknown = this.#metrics.get(metric.name);
    if (known === metric) return metric;
    const names = sampleNames(metric.name, metric.type);
    for (const name of names) {
      const by = this.#owners.get(name);
      if (by !== undefined) throw takenName(metric.name, by);
    }
    for (const name of names) this.#owners.set(name, metric.name);
    this.#metrics.set(metric.name, metric);
    metric.table.join(this.journal, this.source);
    return metric;
  }

  /** Lets go of a metric; nothing happens when there is none of that name. */
  delete(name: string): void {
    const metric = this.#metrics.get(name);
    if (metric === undefined) return;
    metric.table.leave(this.journal);
    this.#metrics.delete(name);
    for (const line of sampleNames(name, metric.type)) this.#owners.delete(line);
  }
}

/** Creates metrics that are in no registry yet. */
export class MetricFactory {
  /** Label sets of each metric that is created from now on, 1 or more. */
  maxSeriesPerMetric: number;
  readonly #arena = new SlotArena();

  constructor(maxSeriesPerMetric: number) {
    this.maxSeriesPerMetric = maxSeriesPerMetric;
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  counter<Name extends string>(options: CounterOptions<Name>): LabelledCounter<Name> {
    return new LabelledCounter(this.table(options, 'counter'), options.collect);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  gauge<Name extends string>(options: GaugeOptions<Name>): LabelledGauge<Name> {
    return new LabelledGauge(this.table(options, 'gauge'), options.collect);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  histogram<Name extends string>(options: HistogramOptions<Name>): LabelledHistogram<Name> {
    validateInstrument(options, 'histogram');
    const bounds = normalizeBuckets(options.name, options.buckets);
    const table = this.table(options, 'histogram', bounds);
    return new LabelledHistogram(table, options.collect);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  summary<Name extends string>(options: SummaryOptions<Name>): LabelledSummary<Name> {
    validateInstrument(options, 'summary');
    const bounds = normalizePercentiles(options.name, options.percentiles);
    const table = this.table(options, 'summary', bounds);
    return new LabelledSummary(table, options);
  }

  /** The series of a new metric. @throws BellowsError `ERR_KIT_METRIC` */
  table(
    options: InstrumentOptions<string>,
    type: FamilyType,
    bounds: readonly number[] = [],
  ): SeriesTable {
    validateInstrument(options, type);
    const { name, help, labelNames = [] } = options;
    return new SeriesTable({
      family: { name, help, type, labelNames: [...labelNames], bounds },
      arena: this.#arena,
      maxSeries: this.maxSeriesPerMetric,
    });
  }
}

function takenName(name: string, by: string): BellowsError {
  return new BellowsError(
    'ERR_KIT_METRIC',
    `Expected a metric name that is free, got \`${name}\`${name === by ? '' : `, whose lines would mix with those of ${by}`}`,
    {
      remedy: `Create ${name} once and share it, or choose another name.`,
    },
  );
}
