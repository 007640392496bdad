import { nextId } from './next-id.ts';

/** Slots of one chunk, 8 bytes each. */
const CHUNK_SLOTS = 4096;
/** In front of the values of each block: the generation, in the lower half of one slot. */
const HEADER_SLOTS = 1;

/** Consecutive slots of shared memory, all 0 at first. */
export interface Slots {
  /** Number of the chunk they are in. */
  readonly chunk: number;
  /** Memory of that chunk. */
  readonly buffer: SharedArrayBuffer;
  /** All slots of that chunk. */
  readonly values: Float64Array;
  /** Index of the first slot within the chunk. */
  readonly offset: number;
  /** How often these slots had been given back when they were handed out. */
  readonly generation: number;
}

/**
 * Hands out slots of shared memory that one thread writes and others read.
 *
 * Invariants: a slot has one writer. Readers use plain loads: V8 moves a 64-bit float that is aligned in one
 * instruction on every 64-bit machine, so a value is old or new, never half of each. Slots that are given back get
 * a new generation before anything else is written to them: a reader that finds its own generation before and after
 * it has read the values has read values of its series.
 */
export class SlotArena {
  readonly #free = new Map<number, { readonly place: Omit<Slots, 'generation'> }[]>();
  #chunk = -1;
  #buffer = new SharedArrayBuffer(0);
  #values = new Float64Array(this.#buffer);
  #used = 0;

  /** @param count - Slots that are wanted, 1 or more. */
  allocate(count: number): Slots {
    const place = this.#free.get(count)?.pop()?.place ?? this.#append(count);
    return { ...place, generation: readGeneration(place) };
  }

  /** Takes back slots of {@link allocate}, which are 0 from then on and go to whoever asks for as many. */
  release(slots: Slots, count: number): void {
    const { chunk, buffer, values, offset } = slots;
    Atomics.add(generationsOf(slots), generationIndex(offset), 1);
    values.fill(0, offset, offset + count);
    const free = this.#free.get(count) ?? [];
    free.push({ place: { chunk, buffer, values, offset } });
    this.#free.set(count, free);
  }

  #append(count: number): Omit<Slots, 'generation'> {
    const size = count + HEADER_SLOTS;
    if (this.#used + size > this.#values.length) this.#addChunk(Math.max(size, CHUNK_SLOTS));
    const offset = this.#used + HEADER_SLOTS;
    this.#used += size;
    return { chunk: this.#chunk, buffer: this.#buffer, values: this.#values, offset };
  }

  #addChunk(slots: number): void {
    this.#buffer = new SharedArrayBuffer(slots * Float64Array.BYTES_PER_ELEMENT);
    this.#values = new Float64Array(this.#buffer);
    this.#chunk = nextId();
    this.#used = 0;
  }
}

/**
 * The generation that the block of slots at `offset` is in now. Adds nothing to it, instead of loading it: on ARM plain
 * loads that come before an atomic load may be done after it, before an atomic write they are not.
 */
export function readGeneration(slots: {
  readonly values: Float64Array;
  readonly offset: number;
}): number {
  return Atomics.add(generationsOf(slots), generationIndex(slots.offset), 0);
}

const integerViews = new WeakMap<Float64Array, Int32Array>();

/** Atomics do not take floats. */
function generationsOf({ values }: { readonly values: Float64Array }): Int32Array {
  let integers = integerViews.get(values);
  if (integers === undefined) {
    integers = new Int32Array(values.buffer);
    integerViews.set(values, integers);
  }
  return integers;
}

function generationIndex(offset: number): number {
  return (offset - HEADER_SLOTS) * 2;
}
