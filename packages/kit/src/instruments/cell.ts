import type { Slots } from '../memory/slot-arena.ts';

/** The slots of one series. Whoever keeps a cell asks whether it is removed before writing to it. */
export interface Cell {
  readonly values: Float64Array;
  readonly offset: number;
  /** Its slots belong to another series by now. */
  isRemoved: boolean;
  /** Number of the series in the journal. */
  readonly series: number;
  readonly labelValues: readonly string[];
  readonly slots: Slots;
}

/** Adds to one of a cell's slots: the only writer of them is this thread. */
export function addTo(values: Float64Array, index: number, by: number): void {
  values[index] = (values[index] ?? 0) + by;
}
