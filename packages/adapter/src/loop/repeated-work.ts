import { setTimeout as sleep } from 'node:timers/promises';
import { BackOff } from '@bellows/kubernetes';

/** What is done again and again. */
export interface RepeatedWorkOptions {
  /** Does it once. What it throws leads to a next try after the back-off. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** From the end of a run that went well to the next, in milliseconds. */
  readonly intervalMs: number;
  /** By which part of itself, at most, an interval is shorter or longer at random. @defaultValue 0 */
  readonly jitterRatio?: number;
  /** The first wait after a failure, in milliseconds; it doubles, with jitter. @defaultValue 1000 */
  readonly initialBackOffMs?: number;
  /** The longest wait after a failure, before jitter, in milliseconds. @defaultValue 15000 */
  readonly maxBackOffMs?: number;
  /** Told of each failure. */
  readonly onError: (error: unknown) => void;
}

/** Work that repeats until it is stopped. */
export interface RepeatedWork {
  /** Resolves when it has been tried once, whatever came of it, or when it is stopped before. */
  readonly triedOnce: Promise<void>;
  /** Begins; the first run is at once. A second call does nothing. */
  start(): void;
  /** Ends the run under way and the waiting. Idempotent. */
  stop(): Promise<void>;
}

/** Makes work that repeats: soon again after a failure, since what failed may be back, and with jitter, since others wait for it too. */
export function createRepeatedWork(options: RepeatedWorkOptions): RepeatedWork {
  return new Loop(options);
}

class Loop implements RepeatedWork {
  readonly triedOnce: Promise<void>;
  readonly #options: RepeatedWorkOptions;
  readonly #stopping = new AbortController();
  #setTried: () => void = () => undefined;
  #running: Promise<void> | undefined;

  constructor(options: RepeatedWorkOptions) {
    this.#options = options;
    this.triedOnce = new Promise((resolve) => {
      this.#setTried = resolve;
    });
  }

  start(): void {
    if (!this.#stopping.signal.aborted) this.#running ??= this.#repeat();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#setTried();
  }

  async #repeat(): Promise<void> {
    const {
      intervalMs,
      jitterRatio = 0,
      initialBackOffMs = 1_000,
      maxBackOffMs = 15_000,
    } = this.#options;
    const backOff = new BackOff({ initialMs: initialBackOffMs, maxMs: maxBackOffMs });
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const isDone = await this.#once(signal);
      this.#setTried();
      if (isDone) backOff.reset();
      const waitMs = isDone
        ? intervalMs * (1 + jitterRatio * (2 * Math.random() - 1))
        : backOff.nextMs();
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #once(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#options.run(signal);
      return true;
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error);
      return false;
    }
  }
}
