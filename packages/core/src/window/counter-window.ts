import { BellowsError } from '../bellows-error.ts';
import { missing, observedNumber, type Observed } from '../observed.ts';

/** Options of {@link CounterWindow}. */
export interface CounterWindowOptions {
  /** Most samples kept; older ones make room. An integer of 2 or more. @defaultValue 128 */
  readonly maxSamples?: number;
}

/** What {@link CounterWindow.rate} looks at. */
export interface RateOptions {
  /** Now, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** How far back samples count, in milliseconds. More than 0. */
  readonly windowMs: number;
  /** A series whose newest sample is older is stale, in milliseconds. @defaultValue `windowMs` */
  readonly staleAfterMs?: number;
}

interface TimedValue {
  readonly atMs: number;
  readonly value: number;
}

/**
 * The last samples of one counter, bounded, and its rate over a window.
 *
 * The rate is the increase between the window's first and last sample, divided by the time between those two
 * samples: nothing is extrapolated to the window's edges. Where a sample is lower than the one before, the
 * counter was reset (its process restarted): what it counted since is the value after the reset. Example: 100
 * at 0 s, 150 at 5 s, 20 at 10 s is an increase of 50 + 20 = 70 in 10 s, a rate of 7 per second.
 */
export class CounterWindow {
  readonly #maxSamples: number;
  /** A ring once it is full: `#oldest` is where the next sample goes. */
  readonly #ring: TimedValue[] = [];
  #oldest = 0;

  /** @throws {@link BellowsError} `ERR_CORE_ARGUMENT` when `maxSamples` is no integer of 2 or more. */
  constructor(options: CounterWindowOptions = {}) {
    const { maxSamples = 128 } = options;
    if (!Number.isInteger(maxSamples) || maxSamples < 2) {
      throw new BellowsError(
        'ERR_CORE_ARGUMENT',
        `Expected maxSamples to be an integer of 2 or more, got ${maxSamples}`,
      );
    }
    this.#maxSamples = maxSamples;
  }

  /**
   * Adds a sample. One of the newest sample's time is dropped; one from before it means that the clock was
   * set back, and starts the window anew. A value that is negative or not finite is no counter's, and is
   * dropped.
   */
  add(atMs: number, value: number): void {
    if (!Number.isFinite(atMs) || !Number.isFinite(value) || value < 0) return;
    const newest = this.#at(this.#ring.length - 1);
    if (newest?.atMs === atMs) return;
    if (newest !== undefined && atMs < newest.atMs) this.clear();
    if (this.#ring.length < this.#maxSamples) {
      this.#ring.push({ atMs, value });
    } else {
      this.#ring[this.#oldest] = { atMs, value };
      this.#oldest = (this.#oldest + 1) % this.#maxSamples;
    }
  }

  /** Forgets all samples. */
  clear(): void {
    this.#ring.length = 0;
    this.#oldest = 0;
  }

  /**
   * The counter's rate per second, with the time of its newest sample.
   *
   * @returns Missing with the reason when the window holds fewer than two samples or the newest is stale;
   * samples from after `nowMs` do not count.
   */
  rate({ nowMs, windowMs, staleAfterMs = windowMs }: RateOptions): Observed<number> {
    const samples = this.#between(nowMs - windowMs, nowMs);
    const [first] = samples;
    const last = samples.at(-1);
    const newest = last ?? this.#newestUntil(nowMs);
    if (newest === undefined) return missing('no sample yet');
    const ageMs = nowMs - newest.atMs;
    if (ageMs > staleAfterMs) return missing(`newest sample is ${ageMs / 1000} s old`);
    if (first === undefined || last === undefined || first === last) {
      return missing(`fewer than two samples in ${windowMs / 1000} s`);
    }
    const seconds = (last.atMs - first.atMs) / 1000;
    return observedNumber(increaseOf(samples) / seconds, last.atMs);
  }

  /** Sample by age: 0 is the oldest. */
  #at(index: number): TimedValue | undefined {
    if (index < 0 || index >= this.#ring.length) return undefined;
    return this.#ring[(this.#oldest + index) % this.#ring.length];
  }

  /** Samples of a time, both ends included, oldest first. */
  #between(fromMs: number, toMs: number): TimedValue[] {
    const found: TimedValue[] = [];
    for (let index = 0; index < this.#ring.length; index += 1) {
      const sample = this.#at(index);
      if (sample !== undefined && sample.atMs >= fromMs && sample.atMs <= toMs) found.push(sample);
    }
    return found;
  }

  #newestUntil(toMs: number): TimedValue | undefined {
    return this.#between(Number.NEGATIVE_INFINITY, toMs).at(-1);
  }
}

function increaseOf(samples: readonly TimedValue[]): number {
  let increase = 0;
  let before = samples[0]?.value ?? 0;
  for (const { value } of samples) {
    increase += value < before ? value : value - before;
    before = value;
  }
  return increase;
}
