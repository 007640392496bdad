import { BellowsError } from '@bellows/core';
import type { Cell } from './cell.ts';
import type { Instrument, LabelArguments } from './instrument.ts';
import type { FamilyType } from './journal.ts';
import { labelsFromArguments, type GivenLabels } from './label-values.ts';
import type { SeriesTable } from './series-table.ts';
import { shownValue } from './shown-value.ts';

/** A metric over its series: what counters, gauges, histograms and summaries have in common. */
export abstract class Metric<Name extends string> implements Instrument<Name> {
  /** Its series. */
  readonly table: SeriesTable;
  /**
   * Brings the metric up to date; undefined when its values come by themselves. May be set later, as one metric often
   * speaks for several.
   */
  collect: (() => unknown) | undefined;

  /** @param collect - Called with the metric as `this`. */
  constructor(table: SeriesTable, collect?: (this: never) => unknown) {
    this.table = table;
    this.collect = collect;
    this.#showUnlabelled();
  }

  /** Writes what is not written with each value, where there is such a thing. */
  publish?(): void;

  /** As it stands in `/metrics`. */
  get name(): string {
    return this.table.family.name;
  }

  /** One line for the reader. */
  get help(): string {
    return this.table.family.help;
  }

  /** How its values are read. */
  get type(): FamilyType {
    return this.table.family.type;
  }

  /** Names of its labels. */
  get labelNames(): readonly string[] {
    return this.table.family.labelNames;
  }

  remove(...labels: LabelArguments<Name>): void {
    this.table.remove(this.labelsOf(labels));
  }

  reset(): void {
    this.table.clear();
    this.#showUnlabelled();
  }

  /** The labels that were given to `labels(…)` or `remove(…)`. */
  protected labelsOf(given: LabelArguments<Name>): GivenLabels {
    return labelsFromArguments(this.name, this.labelNames, given);
  }

  /** The series that a call means whose first argument may be labels. */
  protected cellOf(labelsOrValue: unknown): Cell {
    return isLabels(labelsOrValue) ? this.table.resolve(labelsOrValue) : this.table.unlabelled;
  }

  /** A metric without labels has its one series from the start, at 0. */
  #showUnlabelled(): void {
    if (this.labelNames.length === 0) this.table.resolveValues([]);
  }
}

/** Whether the first argument of a call is labels, and not already the value. */
export function isLabels(given: unknown): given is GivenLabels {
  return typeof given === 'object' && given !== null;
}

/** One series of a metric, kept by its user. When it has been removed, the next value makes it anew. */
export class SeriesHandle {
  readonly #table: SeriesTable;
  #cell: Cell;

  constructor(table: SeriesTable, cell: Cell) {
    this.#table = table;
    this.#cell = cell;
  }

  /** Where to write now. */
  protected get cell(): Cell {
    const cell = this.#cell;
    return cell.isRemoved ? (this.#cell = this.#table.resolveValues(cell.labelValues)) : cell;
  }
}

/** `value` itself. @throws BellowsError `ERR_KIT_METRIC` when it is not a finite number: it would spoil every sum it is part of. */
export function requireFinite(value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  throw new BellowsError(
    'ERR_KIT_METRIC',
    `Expected the value of a metric to be a finite number, got \`${shownValue(value)}\``,
    { remedy: 'Record nothing when there is no value.' },
  );
}
