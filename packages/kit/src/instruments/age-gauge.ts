import type { Slots } from '../memory/slot-arena.ts';

/** The age of something in seconds: its reader counts on, also while this thread is blocked. */
export class SlotAge {
  readonly #values: Float64Array;
  readonly #offset: number;

  constructor({ values, offset }: Slots) {
    this.#values = values;
    this.#offset = offset;
  }

  /** @param sinceMonotonicSeconds - From {@link monotonicSeconds}; undefined when there is nothing, whose age reads 0. */
  set(sinceMonotonicSeconds: number | undefined): void {
    this.#values[this.#offset] = sinceMonotonicSeconds ?? 0;
  }
}

/** The monotonic clock that all threads share, in seconds. Never 0. */
export function monotonicSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}
