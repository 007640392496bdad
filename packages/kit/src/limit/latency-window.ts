import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import type { LimitWindow } from './gradient-limit.ts';

/** Least length of a window, in milliseconds. */
const MIN_WINDOW_MS = 1_000;
/** Least work that must have ended in a window: fewer are no mean. */
const MIN_COUNT = 10;
/** A mean of 0 is no latency; what ends at once counts as a microsecond. */
const LEAST_MS = 0.001;

/**
 * Gathers what has ended into windows, of a second and of ten ends at least.
 * @see Netflix/concurrency-limits 78a74b9
 * concurrency-limits-core/src/main/java/com/netflix/concurrency/limits/limit/WindowedLimit.java
 */
export class LatencyWindow {
  #startMs: number = performance.now();
  #loop: EventLoopUtilization = performance.eventLoopUtilization();
  #sumMs = 0;
  #count = 0;
  #maxRunning = 0;

  /** Counts work that has ended. @returns the window it closes, if it does. */
  add(durationMs: number, running: number, nowMs: number): LimitWindow | undefined {
    this.#sumMs += durationMs;
    this.#count += 1;
    if (running > this.#maxRunning) this.#maxRunning = running;
    if (this.#count < MIN_COUNT || nowMs - this.#startMs < MIN_WINDOW_MS) return undefined;
    const loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, this.#loop);
    const window: LimitWindow = {
      meanMs: Math.max(LEAST_MS, this.#sumMs / this.#count),
      maxRunning: this.#maxRunning,
      loopUtilization: utilization,
    };
    this.#startMs = nowMs;
    this.#loop = loop;
    this.#sumMs = 0;
    this.#count = 0;
    this.#maxRunning = 0;
    return window;
  }
}
