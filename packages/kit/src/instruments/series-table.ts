import { nextId } from '../memory/next-id.ts';
import type { SlotArena, Slots } from '../memory/slot-arena.ts';
import { addTo, type Cell } from './cell.ts';
import type { FamilyEntry, Journal, JournalEntry } from './journal.ts';
import { labelValuesOf, MAX_LABEL_VALUE_LENGTH, type GivenLabels } from './label-values.ts';
import { slotCountOf } from './slot-layout.ts';

/** Value of every label of the series that takes what is beyond the cap. */
export const OVERFLOW_LABEL_VALUE = 'overflow';

/** Options of {@link SeriesTable}. */
export interface SeriesTableOptions {
  readonly family: Omit<FamilyEntry, 'kind' | 'family' | 'source'>;
  readonly arena: SlotArena;
  /** Label sets it holds at most, besides the overflow series. */
  readonly maxSeries: number;
}

type Node = Map<unknown, Node | Cell>;

/**
 * The series of one metric by their label values, created on first use, up to a cap.
 *
 * Cells are found through maps within maps, one for each label: a lookup makes no text and no object. A number finds
 * the series of its decimal text.
 */
export class SeriesTable {
  readonly family: Omit<FamilyEntry, 'source'>;
  readonly #options: SeriesTableOptions;
  /** Of one series. */
  readonly #slotCount: number;
  readonly #labelNames: readonly string[];
  readonly #isName: ReadonlySet<string>;
  readonly #cells = new Set<Cell>();
  readonly #journals = new Map<Journal, number>();
  #root: Node = new Map();
  /** The series without labels, of a metric that has none. */
  #unlabelled: Cell | undefined;
  #overflow: Cell | undefined;
  /** Counts the uses of the overflow series. */
  #overflowCount: Slots | undefined;

  constructor(options: SeriesTableOptions) {
    this.#options = options;
    this.#slotCount = slotCountOf(options.family.type, options.family.bounds);
    this.#labelNames = options.family.labelNames;
    this.#isName = new Set(this.#labelNames);
    this.family = { ...options.family, kind: 'family', family: nextId() };
  }

  /** All series, the overflow one included. */
  get cells(): Iterable<Cell> {
    return this.#cells;
  }

  /** The series of a metric without labels. */
  get unlabelled(): Cell {
    return (this.#unlabelled ??= this.resolveValues(this.#labelNames.map(() => '')));
  }

  /**
   * The series with these labels, or the overflow series when it would be one too many.
   * @throws BellowsError `ERR_KIT_METRIC` for a label the metric does not have.
   */
  resolve(labels: GivenLabels): Cell {
    const names = this.#labelNames;
    let node: Node | Cell = this.#root;
    for (const name of names) {
      const next: Node | Cell | undefined = (node as Node).get(labels[name]);
      if (next === undefined) return this.#resolveNew(labels);
      node = next;
    }
    if (names.length === 0) return this.#resolveNew(labels);
    for (const name in labels) if (!this.#isName.has(name)) return this.#resolveNew(labels);
    return node as Cell;
  }

  /** @param labelValues - Of every label, in order. */
  resolveValues(labelValues: readonly string[]): Cell {
    const known = this.#find(labelValues);
    if (known !== undefined) return known;
    const isTooLong = labelValues.some(({ length }) => length > MAX_LABEL_VALUE_LENGTH);
    const count = this.#cells.size - (this.#overflow === undefined ? 0 : 1);
    if (isTooLong || count >= this.#options.maxSeries) return this.#overflowCell();
    return this.#insert(this.#create(labelValues));
  }

  /** Removes the series with these labels and frees its slots; false when there is none. */
  remove(labels: GivenLabels): boolean {
    const cell = this.#find(this.#valuesOf(labels));
    if (cell === undefined) return false;
    this.removeCell(cell);
    return true;
  }

  /** Removes all series. */
  clear(): void {
    for (const cell of this.#cells) this.#forget(cell);
    this.#root = new Map();
    this.#unlabelled = undefined;
    this.#overflow = undefined;
  }

  /** Tells a journal of the metric, now and of what comes. */
  join(journal: Journal, source: number): void {
    this.#journals.set(journal, source);
    journal.append({ ...this.family, source });
    for (const cell of this.#cells) announce(journal, this.#entryOf(cell), cell.slots);
    if (this.#overflowCount !== undefined) this.#announceOverflow(journal, this.#overflowCount);
  }

  leave(journal: Journal): void {
    if (!this.#journals.delete(journal)) return;
    journal.append({ kind: 'forget-family', family: this.family.family });
  }

  #resolveNew(labels: GivenLabels): Cell {
    const values = this.#valuesOf(labels);
    const cell = this.resolveValues(values);
    if (cell !== this.#overflow) this.#alias(labels, values);
    return cell;
  }

  /** Lets the numbers among the labels find the series next time. */
  #alias(labels: GivenLabels, values: readonly string[]): void {
    let node: Node | Cell = this.#root;
    for (const [index, name] of this.#labelNames.entries()) {
      const raw = labels[name];
      const next: Node | Cell | undefined = (node as Node).get(values[index]);
      if (next === undefined) return;
      if (typeof raw === 'number') (node as Node).set(raw, next);
      node = next;
    }
  }

  #valuesOf(labels: GivenLabels): string[] {
    return labelValuesOf(this.family.name, this.#labelNames, labels);
  }

  #find(labelValues: readonly string[]): Cell | undefined {
    if (labelValues.length === 0) return this.#unlabelled;
    let node: Node | Cell = this.#root;
    for (const value of labelValues) {
      const next: Node | Cell | undefined = (node as Node).get(value);
      if (next === undefined) return undefined;
      node = next;
    }
    return node as Cell;
  }

  #insert(cell: Cell): Cell {
    if (cell.labelValues.length === 0) return (this.#unlabelled = cell);
    let node = this.#root;
    for (const value of cell.labelValues.slice(0, -1)) {
      let next = node.get(value);
      if (next === undefined) node.set(value, (next = new Map()));
      node = next as Node;
    }
    node.set(cell.labelValues.at(-1), cell);
    return cell;
  }

  /** Removes a series and frees its slots. */
  removeCell(cell: Cell): void {
    this.#forget(cell);
    if (cell === this.#unlabelled) this.#unlabelled = undefined;
    if (cell === this.#overflow) this.#overflow = undefined;
    const path: Node[] = [this.#root];
    for (const value of cell.labelValues.slice(0, -1)) {
      const next = path.at(-1)?.get(value);
      if (next === undefined) return;
      path.push(next as Node);
    }
    // From the last label to the first, for as long as nothing else goes the same way.
    for (const [index, node] of [...path.entries()].reverse()) {
      const value = cell.labelValues[index];
      node.delete(value);
      node.delete(Number(value));
      if (node.size > 0) return;
    }
  }

  #overflowCell(): Cell {
    this.#countOverflow();
    // In its place among the others, so that a label that is really called so does not make a second one.
    const labelValues = this.#labelNames.map(() => OVERFLOW_LABEL_VALUE);
    return (this.#overflow ??= this.#find(labelValues) ?? this.#insert(this.#create(labelValues)));
  }

  #countOverflow(): void {
    let slots = this.#overflowCount;
    if (slots === undefined) {
      this.#overflowCount = slots = this.#options.arena.allocate(1);
      for (const journal of this.#journals.keys()) this.#announceOverflow(journal, slots);
    }
    addTo(slots.values, slots.offset, 1);
  }

  #announceOverflow(journal: Journal, slots: Slots): void {
    const { chunk, offset } = slots;
    announce(journal, { kind: 'overflow', family: this.family.family, chunk, offset }, slots);
  }

  #create(labelValues: readonly string[]): Cell {
    const slots = this.#options.arena.allocate(this.#slotCount);
    const { values, offset } = slots;
    const cell: Cell = { values, offset, isRemoved: false, series: nextId(), labelValues, slots };
    this.#cells.add(cell);
    const entry = this.#entryOf(cell);
    for (const journal of this.#journals.keys()) announce(journal, entry, cell.slots);
    return cell;
  }

  #forget(cell: Cell): void {
    cell.isRemoved = true;
    this.#cells.delete(cell);
    const { family } = this.family;
    for (const journal of this.#journals.keys()) {
      journal.append({ kind: 'forget-series', family, series: cell.series });
    }
    this.#options.arena.release(cell.slots, this.#slotCount);
  }

  #entryOf({ series, labelValues, slots }: Cell): JournalEntry {
    const { chunk, offset, generation } = slots;
    const { family } = this.family;
    return { kind: 'series', family, series, labelValues, chunk, offset, generation };
  }
}

/** The memory goes first: a reader of the series needs it. */
function announce(journal: Journal, entry: JournalEntry, slots: Slots): void {
  journal.append({ kind: 'chunk', chunk: slots.chunk, buffer: slots.buffer });
  journal.append(entry);
}
