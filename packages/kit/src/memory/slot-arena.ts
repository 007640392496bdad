/** Slots of one chunk, 8 bytes each. */
const CHUNK_SLOTS = 4096;

/** Consecutive slots of shared memory, all 0 at first. */
export interface Slots {
  /** Number of the chunk they are in. */
  readonly chunk: number;
  /** All slots of that chunk. */
  readonly values: Float64Array;
  /** Index of the first slot within the chunk. */
  readonly offset: number;
}

/**
 * Hands out slots of shared memory that one thread writes and others read.
 *
 * Invariant: a slot has one writer. Readers use plain loads: V8 moves a 64-bit float that is aligned in one
 * instruction on every 64-bit machine, so a value is old or new, never half of each.
 */
export class SlotArena {
  readonly #onChunk: (chunk: number, buffer: SharedArrayBuffer) => void;
  #chunk = -1;
  #values: Float64Array = new Float64Array(0);
  #used = 0;

  /** @param onChunk - Told of each new chunk before a slot in it is handed out. */
  constructor(onChunk: (chunk: number, buffer: SharedArrayBuffer) => void) {
    this.#onChunk = onChunk;
  }

  /** @param count - Slots that are wanted, 1 or more. */
  allocate(count: number): Slots {
    if (this.#used + count > this.#values.length) this.#addChunk(Math.max(count, CHUNK_SLOTS));
    const slots = { chunk: this.#chunk, values: this.#values, offset: this.#used };
    this.#used += count;
    return slots;
  }

  #addChunk(slots: number): void {
    const buffer = new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT);
    this.#values = new Float64Array(buffer);
    this.#chunk += 1;
    this.#used = 0;
    this.#onChunk(this.#chunk, buffer);
  }
}
