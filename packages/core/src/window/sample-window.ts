import { BellowsError } from '../bellows-error.ts';

/** Options of {@link SampleWindow}. */
export interface SampleWindowOptions {
  /** Most samples kept; older ones make room. An integer of 2 or more. @defaultValue 128 */
  readonly maxSamples?: number;
}

/**
 * The last samples of one series, oldest first, bounded: 16 bytes a sample.
 *
 * Times rise strictly. What is computed over them stands in functions of their own: `rateOverTime`,
 * `increaseOverTime`, `averageOverTime`, `maxOverTime`, `lastOverTime`.
 */
export class SampleWindow {
  readonly #maxSamples: number;
  /**
   * Time and value by turns, a ring once it is full: `#oldest` is where the next sample goes. A plain array,
   * since V8 keeps one that holds nothing but doubles as 8 bytes each, and a typed array of this size costs
   * more for itself than for what is in it.
   */
  readonly #ring: number[] = [];
  #oldest = 0;

  /** @throws {@link BellowsError} `ERR_CORE_ARGUMENT` when `maxSamples` is no integer of 2 or more. */
  constructor(options: SampleWindowOptions = {}) {
    const { maxSamples = 128 } = options;
    if (!Number.isInteger(maxSamples) || maxSamples < 2) {
      throw new BellowsError(
        'ERR_CORE_ARGUMENT',
        `Expected maxSamples to be an integer of 2 or more, got ${maxSamples}`,
      );
    }
    this.#maxSamples = maxSamples;
  }

  /** Samples kept now. */
  get length(): number {
    return this.#ring.length / 2;
  }

  /**
   * Adds a sample. One of the newest sample's time is dropped, and one that is not finite; one from before it
   * means that the clock was set back, and starts the window anew.
   */
  add(atMs: number, value: number): void {
    if (!Number.isFinite(atMs) || !Number.isFinite(value)) return;
    const newestAtMs = this.length === 0 ? -Infinity : this.atMs(this.length - 1);
    if (newestAtMs === atMs) return;
    if (atMs < newestAtMs) this.clear();
    if (this.length < this.#maxSamples) {
      this.#ring.push(atMs, value);
      return;
    }
    this.#ring[2 * this.#oldest] = atMs;
    this.#ring[2 * this.#oldest + 1] = value;
    this.#oldest = (this.#oldest + 1) % this.#maxSamples;
  }

  /** Forgets all samples. */
  clear(): void {
    this.#ring.length = 0;
    this.#oldest = 0;
  }

  /** Time of a sample, in milliseconds since the epoch; NaN for an index that is none. */
  atMs(index: number): number {
    return this.#ring[this.#slot(index)] ?? Number.NaN;
  }

  /** Value of a sample; NaN for an index that is none. */
  value(index: number): number {
    return this.#ring[this.#slot(index) + 1] ?? Number.NaN;
  }

  /** Index of the first sample at or after a time; `length` when all are older. */
  indexFrom(fromMs: number): number {
    let index = this.length;
    // From the newest on: what is asked for is mostly all of them, or the newest ones.
    while (index > 0 && this.atMs(index - 1) >= fromMs) index -= 1;
    return index;
  }

  #slot(index: number): number {
    if (index < 0 || index >= this.length) return -2;
    return 2 * ((this.#oldest + index) % this.length);
  }
}
