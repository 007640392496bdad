import { BellowsError } from '@bellows/core';
import { monotonicSeconds } from './age-gauge.ts';
import { addTo, type Cell } from './cell.ts';
import type {
  LabelArguments,
  Labels,
  ObserverSeries,
  Summary,
  SummaryOptions,
  Timer,
} from './instrument.ts';
import { isLabels, Metric, requireFinite, SeriesHandle } from './metric.ts';
import type { SeriesTable } from './series-table.ts';
import { SummaryWindow, type SummaryAge } from './summary-window.ts';
import { startTimer } from './timer.ts';

/** prom-client 15.1.3's quantiles. */
export const DEFAULT_PERCENTILES: readonly number[] = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999];

const MAX_PERCENTILES = 100;
const MAX_AGE_BUCKETS = 100;

/** @throws BellowsError `ERR_KIT_METRIC` unless they are 1 to 100 numbers from 0 to 1. */
export function normalizePercentiles(
  name: string,
  percentiles: readonly number[] = DEFAULT_PERCENTILES,
): readonly number[] {
  const given: unknown = percentiles;
  const isList = Array.isArray(given) && given.length >= 1 && given.length <= MAX_PERCENTILES;
  if (isList && percentiles.every((share) => share >= 0 && share <= 1)) return [...percentiles];
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected percentiles of ${name} to be 1 to ${MAX_PERCENTILES} numbers from 0 to 1, got \`${JSON.stringify(percentiles)}\``,
    { remedy: 'Write the 99th percentile as 0.99.' },
  );
}

/** A summary over its series. Count and sum are written at once, quantiles when {@link publish} is called. */
export class LabelledSummary<Name extends string> extends Metric<Name> implements Summary<Name> {
  readonly #percentiles: readonly number[];
  readonly #age: SummaryAge | undefined;
  readonly #prunes: boolean;
  readonly #windows = new WeakMap<Cell, SummaryWindow>();

  constructor(table: SeriesTable, options: SummaryOptions<Name>) {
    super(table, options.collect);
    this.#percentiles = table.family.bounds;
    this.#age = ageOf(options);
    this.#prunes = options.pruneAgedBuckets === true && this.#age !== undefined;
  }

  observe(labelsOrValue: Labels<Name> | number, value?: number): void {
    const given = requireFinite(isLabels(labelsOrValue) ? value : labelsOrValue);
    this.observeIn(this.cellOf(labelsOrValue), given);
  }

  startTimer(labels?: Labels<Name>): Timer<Name> {
    return startTimer(labels, (all, seconds) => {
      this.observe(all, seconds);
    });
  }

  labels(...labels: LabelArguments<Name>): ObserverSeries {
    return new SummaryHandle(this, this.table.resolve(this.labelsOf(labels)));
  }

  /** Writes the quantiles of this moment, and removes series whose values are all too old if that was asked for. */
  override publish(): void {
    const nowSeconds = monotonicSeconds();
    for (const cell of this.table.cells) {
      const window = this.#windows.get(cell);
      if (window === undefined) continue;
      cell.values.set(window.quantiles(this.#percentiles, nowSeconds), cell.offset);
      if (this.#prunes && window.isEmpty) this.table.removeCell(cell);
    }
  }

  /** Counts a value in one series. */
  observeIn(cell: Cell, value: number): void {
    const { values, offset } = cell;
    const { length } = this.#percentiles;
    let window = this.#windows.get(cell);
    if (window === undefined) {
      this.#windows.set(cell, (window = new SummaryWindow(this.#age)));
      // Until the quantiles are next written, those of one value are true.
      values.fill(value, offset, offset + length);
    }
    window.add(value, this.#age === undefined ? 0 : monotonicSeconds());
    addTo(values, offset + length, value);
    addTo(values, offset + length + 1, 1);
  }
}

class SummaryHandle<Name extends string> extends SeriesHandle implements ObserverSeries {
  readonly #summary: LabelledSummary<Name>;

  constructor(summary: LabelledSummary<Name>, cell: Cell) {
    super(summary.table, cell);
    this.#summary = summary;
  }

  observe(value: number): void {
    this.#summary.observeIn(this.cell, requireFinite(value));
  }

  startTimer(): () => number {
    return startTimer(undefined, (_labels, seconds) => {
      this.observe(seconds);
    });
  }
}

/** As in prom-client, values have an age only if both options are given. */
function ageOf({
  name,
  maxAgeSeconds = 0,
  ageBuckets = 0,
}: SummaryOptions<string>): SummaryAge | undefined {
  const isGood =
    Number.isFinite(maxAgeSeconds) &&
    maxAgeSeconds >= 0 &&
    Number.isInteger(ageBuckets) &&
    ageBuckets >= 0 &&
    ageBuckets <= MAX_AGE_BUCKETS;
  if (!isGood) {
    throw new BellowsError(
      'ERR_KIT_METRIC',
      `Expected maxAgeSeconds of ${name} to be finite and ageBuckets a whole number from 1 to ${MAX_AGE_BUCKETS}, got \`${String(maxAgeSeconds)}\` and \`${String(ageBuckets)}\``,
      { remedy: 'Give both, or neither for values that never become too old.' },
    );
  }
  return maxAgeSeconds > 0 && ageBuckets > 0 ? { maxAgeSeconds, ageBuckets } : undefined;
}
