/** Bounds of an adaptive limit. */
export interface GradientBounds {
  readonly initial: number;
  /** Never below; 1 or more. */
  readonly min: number;
  /** Never above. */
  readonly max: number;
}

/** What was seen in one window. */
export interface LimitWindow {
  /** Mean time from begin to end of the work that ended, in milliseconds. */
  readonly meanMs: number;
  /** The most that ran at once. */
  readonly maxRunning: number;
  /** Share of the window that the event loop has worked, 0 to 1. */
  readonly loopUtilization: number;
}

/** How much the limit may grow by while latency stays as it is. */
const QUEUE_ALLOWANCE = 4;
/** Weight of what a window asks for. */
const SMOOTHING = 0.2;
/** Latency may rise to so much of its long-term mean before the limit sinks. */
const TOLERANCE = 1.5;
/** Windows of the long-term mean. */
const LONG_WINDOWS = 600;
/** Windows at the start that are averaged plainly. */
const WARM_UP_WINDOWS = 10;
/** The long-term mean forgets an overload that is over by this factor a window. */
const DECAY = 0.95;
/** A loop busier than this has no time for more work at once, whatever the latency: more would only wait in turn. */
const BUSY_LOOP = 0.9;
/** Factor of the limit for each window with a busy loop. */
const BUSY_LOOP_SHRINK = 0.95;

/**
 * A limit on concurrency that follows latency, without a probe of the unloaded latency: when the last window's
 * mean is above the long-term one work queues up somewhere, and the limit sinks; else it rises slowly, as long as
 * it is used. A busy event loop is the second brake.
 *
 * @see Netflix/concurrency-limits 78a74b9
 * concurrency-limits-core/src/main/java/com/netflix/concurrency/limits/limit/Gradient2Limit.java _update
 */
export class GradientLimit {
  readonly #bounds: GradientBounds;
  #limit: number;
  #longMs = 0;
  #windows = 0;

  constructor(bounds: GradientBounds) {
    this.#bounds = bounds;
    this.#limit = bounds.initial;
  }

  /** A whole number within the bounds. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Takes a window in which something ended. @returns the new limit. */
  update({ meanMs, maxRunning, loopUtilization }: LimitWindow): number {
    const longMs = this.#addToLong(meanMs);
    if (longMs / meanMs > 2) this.#longMs *= DECAY;
    if (loopUtilization > BUSY_LOOP) this.#set(this.#limit * BUSY_LOOP_SHRINK);
    // A limit that is not used says nothing about a higher one.
    else if (maxRunning >= this.#limit / 2) {
      const gradient = Math.max(0.5, Math.min(1, (TOLERANCE * longMs) / meanMs));
      const wanted = this.#limit * gradient + QUEUE_ALLOWANCE;
      this.#set(this.#limit * (1 - SMOOTHING) + wanted * SMOOTHING);
    }
    return this.limit;
  }

  #addToLong(meanMs: number): number {
    this.#windows += 1;
    const weight = this.#windows <= WARM_UP_WINDOWS ? 1 / this.#windows : 2 / (LONG_WINDOWS + 1);
    this.#longMs += (meanMs - this.#longMs) * weight;
    return this.#longMs;
  }

  #set(limit: number): void {
    this.#limit = Math.max(this.#bounds.min, Math.min(this.#bounds.max, limit));
  }
}
