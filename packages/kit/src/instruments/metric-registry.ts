import { BellowsError } from '@bellows/core';
import { SlotArena, type Slots } from '../memory/slot-arena.ts';
import { SlotAge } from './age-gauge.ts';
import { LabelledCounter, SlotCounter } from './counter.ts';
import { LabelledGauge, SlotGauge } from './gauge.ts';
import {
  histogramSlotCount,
  LabelledHistogram,
  normalizeBuckets,
  SlotHistogram,
} from './histogram.ts';
import type {
  Counter,
  Gauge,
  Histogram,
  HistogramOptions,
  InstrumentOptions,
} from './instrument.ts';
import { Journal, type FamilyType } from './journal.ts';
import { SeriesTable } from './series-table.ts';
import { validateInstrument } from './validate-instrument.ts';

/** A metric whose every series is an age. */
export interface AgeGauge<Name extends string> {
  labels(labels: Readonly<Record<Name, string>>): SlotAge;
}

/** Creates metrics whose values are in shared memory, and keeps the journal another thread renders them from. */
export class MetricRegistry {
  readonly journal: Journal = new Journal();
  readonly #maxSeries: number;
  readonly #names = new Set<string>();
  readonly #arena = new SlotArena((chunk, buffer) => {
    this.journal.append({ kind: 'chunk', chunk, buffer });
  });
  readonly #overflows: Counter<'metric'>;

  /** @param maxSeriesPerMetric - Label sets per metric, 1 or more. */
  constructor(maxSeriesPerMetric: number) {
    this.#maxSeries = maxSeriesPerMetric;
    this.#overflows = new LabelledCounter(
      this.#createTable(
        {
          name: 'bellows_metric_overflow_total',
          help: 'Updates that went to the overflow series because a metric has too many label sets.',
          labelNames: ['metric'],
        },
        { type: 'counter', slots: 1, buckets: [], create: (slots) => new SlotCounter(slots) },
      ),
    );
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  counter<Name extends string>(options: InstrumentOptions<Name>): Counter<Name> {
    const table = this.#createTable(options, {
      type: 'counter',
      slots: 1,
      buckets: [],
      create: (slots) => new SlotCounter(slots),
    });
    return new LabelledCounter(table);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  gauge<Name extends string>(options: InstrumentOptions<Name>): Gauge<Name> {
    const table = this.#createTable(options, {
      type: 'gauge',
      slots: 1,
      buckets: [],
      create: (slots) => new SlotGauge(slots),
    });
    return new LabelledGauge(table);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  histogram<Name extends string>(options: HistogramOptions<Name>): Histogram<Name> {
    const buckets = normalizeBuckets(options.name, options.buckets);
    const table = this.#createTable(options, {
      type: 'histogram',
      slots: histogramSlotCount(buckets),
      buckets,
      create: (slots) => new SlotHistogram(slots, buckets),
    });
    return new LabelledHistogram(table);
  }

  /** @throws BellowsError `ERR_KIT_METRIC` */
  age<Name extends string>(options: InstrumentOptions<Name>): AgeGauge<Name> {
    const table = this.#createTable(options, {
      type: 'age',
      slots: 1,
      buckets: [],
      create: (slots) => new SlotAge(slots),
    });
    return { labels: (labels) => table.resolve(labels) };
  }

  #createTable<Name extends string, Series>(
    options: InstrumentOptions<Name>,
    layout: SeriesLayout<Series>,
  ): SeriesTable<Name, Series> {
    const { name, help, labelNames = [] } = options;
    validateInstrument(options, layout.type);
    if (this.#names.has(name)) throw takenName(name);
    const family = this.#names.size;
    this.#names.add(name);
    const { type, buckets } = layout;
    this.journal.append({ kind: 'family', family, name, help, type, labelNames, buckets });
    const table = new SeriesTable<Name, Series>({
      metricName: name,
      labelNames,
      maxSeries: this.#maxSeries,
      create: (labelValues) => {
        const slots = this.#arena.allocate(layout.slots);
        const { chunk, offset } = slots;
        this.journal.append({ kind: 'series', family, labelValues, chunk, offset });
        return layout.create(slots);
      },
      onOverflow: () => {
        this.#overflows.inc({ metric: name });
      },
    });
    // A metric without labels has its one series from the start, at 0.
    if (labelNames.length === 0) table.resolve();
    return table;
  }
}

interface SeriesLayout<Series> {
  readonly type: FamilyType;
  readonly slots: number;
  readonly buckets: readonly number[];
  readonly create: (slots: Slots) => Series;
}

function takenName(name: string): BellowsError {
  return new BellowsError(
    'ERR_KIT_METRIC',
    `Expected a metric name that is free, got \`${name}\``,
    {
      remedy: `Create ${name} once and share it, or choose another name.`,
    },
  );
}
