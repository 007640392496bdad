import { PRIORITIES } from './priority.ts';

/** A place in a {@link WaitingLine}. It is in one line at most. */
export interface Place {
  /** 0 goes first; below the number of priorities. */
  readonly rank: number;
  /** Links of the line, not to be touched outside of it; undefined at its ends and when it waits nowhere. */
  before?: Place | undefined;
  after?: Place | undefined;
}

interface Lane<Entry extends Place> {
  first: Entry | undefined;
  last: Entry | undefined;
}

/** Those who wait: by rank, within a rank in the order they came. Everything costs the same however many wait. */
export class WaitingLine<Entry extends Place> {
  readonly #lanes: readonly Lane<Entry>[] = PRIORITIES.map(() => ({
    first: undefined,
    last: undefined,
  }));
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The next to go; undefined when nobody waits. */
  get first(): Entry | undefined {
    return this.#lanes.find((lane) => lane.first !== undefined)?.first;
  }

  /** The last to go: the newest of the least urgent. */
  get last(): Entry | undefined {
    return this.#lanes.findLast((lane) => lane.last !== undefined)?.last;
  }

  /** The one at the front of each rank that has any: the oldest of all is one of them. */
  get fronts(): Entry[] {
    return this.#lanes.flatMap((lane) => lane.first ?? []);
  }

  /** @param entry - In no line. */
  add(entry: Entry): void {
    const lane = this.#laneOf(entry);
    entry.before = lane.last;
    if (lane.last === undefined) lane.first = entry;
    else lane.last.after = entry;
    lane.last = entry;
    this.#length += 1;
  }

  /** @param entry - In this line. */
  remove(entry: Entry): void {
    const lane = this.#laneOf(entry);
    const before = entry.before as Entry | undefined;
    const after = entry.after as Entry | undefined;
    if (before === undefined) lane.first = after;
    else before.after = after;
    if (after === undefined) lane.last = before;
    else after.before = before;
    entry.before = undefined;
    entry.after = undefined;
    this.#length -= 1;
  }

  #laneOf({ rank }: Entry): Lane<Entry> {
    const lane = this.#lanes[rank];
    if (lane === undefined) throw new RangeError(`Expected a rank below ${PRIORITIES.length}`);
    return lane;
  }
}
