import type { Slots } from '../memory/slot-arena.ts';
import { requireFinite } from './finite-value.ts';
import type { Gauge, GaugeSeries, Labels } from './instrument.ts';
import type { SeriesTable } from './series-table.ts';

/** A gauge's series in one slot. */
export class SlotGauge implements GaugeSeries {
  readonly #values: Float64Array;
  readonly #offset: number;

  constructor({ values, offset }: Slots) {
    this.#values = values;
    this.#offset = offset;
  }

  set(value: number): void {
    this.#values[this.#offset] = requireFinite(value);
  }

  inc(by = 1): void {
    this.#add(requireFinite(by));
  }

  dec(by = 1): void {
    this.#add(-requireFinite(by));
  }

  #add(by: number): void {
    this.#values[this.#offset] = (this.#values[this.#offset] ?? 0) + by;
  }
}

/** A gauge over its series. */
export class LabelledGauge<Name extends string> implements Gauge<Name> {
  readonly #table: SeriesTable<Name, SlotGauge>;

  constructor(table: SeriesTable<Name, SlotGauge>) {
    this.#table = table;
  }

  set(labelsOrValue: Labels<Name> | number, value?: number): void {
    const [series, given] = this.#split(labelsOrValue, value);
    series.set(given ?? Number.NaN);
  }

  inc(labelsOrBy?: Labels<Name> | number, by?: number): void {
    const [series, given] = this.#split(labelsOrBy, by);
    series.inc(given);
  }

  dec(labelsOrBy?: Labels<Name> | number, by?: number): void {
    const [series, given] = this.#split(labelsOrBy, by);
    series.dec(given);
  }

  labels(labels: Labels<Name>): GaugeSeries {
    return this.#table.resolve(labels);
  }

  #split(
    labelsOrValue: Labels<Name> | number | undefined,
    value: number | undefined,
  ): [SlotGauge, number | undefined] {
    if (typeof labelsOrValue === 'object') return [this.#table.resolve(labelsOrValue), value];
    return [this.#table.resolve(), labelsOrValue];
  }
}
