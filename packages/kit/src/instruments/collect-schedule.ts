import { setImmediate } from 'node:timers/promises';
import { isThenable } from '../is-thenable.ts';
import type { FailureLog } from '../failure-log.ts';

/** Brings one metric up to date. */
export interface CollectTask {
  /** The metric it is for, in errors. */
  readonly metric: string;
  /** May return a promise; what it throws is counted. */
  readonly run: () => unknown;
}

/** Metrics of one origin. */
export interface CollectSource {
  readonly tasks: () => Iterable<CollectTask>;
  /** Called when all tasks of a round have been started, and those that do not wait for anything have ended. */
  readonly finish?: () => void;
}

/** Options of {@link CollectSchedule}. */
export interface CollectScheduleOptions {
  readonly intervalMs: number;
  readonly failures: FailureLog;
  /** Told of each task that has failed, or is not done when it is due again. */
  readonly onError: (metric: string) => void;
}

/**
 * Brings metrics up to date in rounds, on this thread, so that no scrape has to. The loop turns after each task, and
 * a failure is that metric's alone.
 */
export class CollectSchedule {
  readonly #options: CollectScheduleOptions;
  /** Metrics by source that a task is under way for. */
  readonly #sources = new Map<CollectSource, Set<string>>();
  #timer: NodeJS.Timeout | undefined;
  #isInRound = false;

  constructor(options: CollectScheduleOptions) {
    this.#options = options;
  }

  /** Takes a source in; its first round is the next one. */
  add(source: CollectSource): void {
    this.#sources.set(source, new Set());
  }

  /** Begins with a round; resolves when all its tasks have been started. */
  async start(): Promise<void> {
    this.#timer ??= setInterval(() => void this.round(), this.#options.intervalMs).unref();
    await this.round();
  }

  /** Starts nothing further; a second call does nothing. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#sources.clear();
  }

  /** Runs every task once, unless a round is under way. */
  async round(): Promise<void> {
    if (this.#isInRound) return;
    this.#isInRound = true;
    try {
      for (const [source, running] of this.#sources) {
        // A registry of another library may fail as a whole.
        await this.#collect(source, running).catch((error: unknown) => {
          this.#fail('a registry', error);
        });
      }
    } finally {
      this.#isInRound = false;
    }
  }

  async #collect(source: CollectSource, running: Set<string>): Promise<void> {
    for (const { metric, run } of source.tasks()) {
      if (!this.#sources.has(source)) return;
      if (running.has(metric)) this.#fail(metric, 'it has not ended when it was due again');
      else this.#run(metric, run, running);
      await setImmediate();
    }
    source.finish?.();
  }

  #run(metric: string, run: () => unknown, running: Set<string>): void {
    try {
      const result = run();
      if (!isThenable(result)) return;
      running.add(metric);
      Promise.resolve(result)
        .catch((error: unknown) => {
          this.#fail(metric, error);
        })
        .finally(() => running.delete(metric));
    } catch (error) {
      this.#fail(metric, error);
    }
  }

  #fail(metric: string, reason: unknown): void {
    this.#options.onError(metric);
    this.#options.failures.say(`collecting ${metric}`, reason);
  }
}
