import { BellowsError } from '@bellows/core';
import type { Slots } from '../memory/slot-arena.ts';
import type { Counter, CounterSeries, Labels } from './instrument.ts';
import type { SeriesTable } from './series-table.ts';

/** A counter's series in one slot. */
export class SlotCounter implements CounterSeries {
  readonly #values: Float64Array;
  readonly #offset: number;

  constructor({ values, offset }: Slots) {
    this.#values = values;
    this.#offset = offset;
  }

  inc(by = 1): void {
    if (!(Number.isFinite(by) && by >= 0)) throw invalidIncrement(by);
    this.#values[this.#offset] = (this.#values[this.#offset] ?? 0) + by;
  }
}

/** A counter over its series. */
export class LabelledCounter<Name extends string> implements Counter<Name> {
  readonly #table: SeriesTable<Name, SlotCounter>;

  constructor(table: SeriesTable<Name, SlotCounter>) {
    this.#table = table;
  }

  inc(labelsOrBy?: Labels<Name> | number, by?: number): void {
    if (typeof labelsOrBy === 'object') this.#table.resolve(labelsOrBy).inc(by);
    else this.#table.resolve().inc(labelsOrBy);
  }

  labels(labels: Labels<Name>): CounterSeries {
    return this.#table.resolve(labels);
  }
}

function invalidIncrement(by: unknown): BellowsError {
  return new BellowsError(
    'ERR_KIT_METRIC',
    `Expected the increment of a counter to be finite and 0 or more, got \`${String(by)}\``,
    { remedy: 'Use a gauge for what goes down.' },
  );
}
