import { randomFill } from 'node:crypto';
import type { MetricRegistry } from '../instruments/metric-registry.ts';

/** Time between two samples, in milliseconds. */
export const THREAD_POOL_INTERVAL_MS = 500;
/** From the time the work itself takes to what makes a request fail, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures how long work waits for a thread of libuv's pool, by giving it a little: a few random bytes. The pool is one
 * for all threads of a process, so this runs in the admin thread, whose own loop has next to nothing to do: what is
 * measured is the pool.
 *
 * Samples that were due while one was waiting count with the time that was left, as a loop's delay does.
 */
export class ThreadPoolSampler {
  readonly #histogram;
  readonly #byte = new Uint8Array(1);
  #timer: NodeJS.Timeout | undefined;
  #isWaiting = false;

  /** @param registry - One of the admin thread. */
  constructor(registry: MetricRegistry) {
    this.#histogram = registry.histogram({
      name: 'nodejs_threadpool_wait_seconds',
      help: 'How long a task waited for a thread of the pool, sampled every 0.5 s; never reset.',
      buckets: BUCKETS,
    });
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#sample();
    }, THREAD_POOL_INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #sample(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const startMs = performance.now();
    randomFill(this.#byte, () => {
      this.#isWaiting = false;
      let waitMs = performance.now() - startMs;
      for (; waitMs > 0; waitMs -= THREAD_POOL_INTERVAL_MS) this.#histogram.observe(waitMs / 1000);
    });
  }
}
