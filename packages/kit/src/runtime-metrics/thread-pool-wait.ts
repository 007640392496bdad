import type { MetricRegistry } from '../instruments/metric-registry.ts';
import { WAIT_BUCKETS_SECONDS, waitSamples } from './wait-samples.ts';

/** Time between two samples, in milliseconds. */
export const THREAD_POOL_INTERVAL_MS = 1_000;

/**
 * Measures how long work waits for a thread of libuv's pool, by giving it a little: a few random bytes. The pool is one
 * for all threads of a process, so this runs in the admin thread, whose own loop has next to nothing to do: what is
 * measured is the pool.
 *
 * Samples that were due while one was waiting count, too: see {@link waitSamples}.
 */
export class ThreadPoolSampler {
  readonly #histogram;
  readonly #byte = new Uint8Array(1);
  // The admin thread's program is part of the main thread's modules, too, which have no use for it.
  readonly #crypto = process.getBuiltinModule('node:crypto');
  #timer: NodeJS.Timeout | undefined;
  #isWaiting = false;

  /** @param registry - One of the admin thread. */
  constructor(registry: MetricRegistry) {
    this.#histogram = registry.histogram({
      name: 'nodejs_threadpool_wait_seconds',
      help: 'How long a task waited for a thread of the pool, sampled every second; never reset.',
      buckets: WAIT_BUCKETS_SECONDS,
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
    this.#crypto.randomFill(this.#byte, () => {
      this.#isWaiting = false;
      const waitMs = performance.now() - startMs;
      for (const waitSeconds of waitSamples(waitMs, THREAD_POOL_INTERVAL_MS)) {
        this.#histogram.observe(waitSeconds);
      }
    });
  }
}
