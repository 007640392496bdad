import { messageOf } from '../message-of.ts';
import type { Check, CheckFunction } from './check.ts';
import { TimeLimitError, withTimeLimit } from '../time-limit.ts';

/** How a run ended. */
export type CheckOutcome = 'passed' | 'failed' | 'timed_out';

/** When a check runs, and whom it tells. */
export interface CheckParts {
  readonly name: string;
  readonly look: CheckFunction;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** @param reason - Why it fails; undefined when it passes. */
  readonly onResult: (outcome: CheckOutcome, reason: string | undefined) => void;
}

/** Runs given up that may still hang before no new one begins: each may hold a connection. */
const MAX_HANGING = 5;

/** Runs one check, again and again from `start` to `stop`; one run at a time. */
export class CheckRunner implements Check {
  readonly #parts: CheckParts;
  #running: Promise<string | undefined> | undefined;
  #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isStarted = false;
  #hanging = 0;

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  run(): Promise<string | undefined> {
    clearTimeout(this.#timer);
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = undefined;
      this.#schedule();
    });
    return this.#running;
  }

  /** The first run begins at once. It keeps no process alive. */
  start(): void {
    if (this.#isStarted || this.#stopping.signal.aborted) return;
    this.#isStarted = true;
    void this.run();
  }

  /** Runs no more by itself; the signal of a run under way aborts. */
  stop(): void {
    this.#isStarted = false;
    clearTimeout(this.#timer);
    this.#stopping.abort();
  }

  #schedule(): void {
    if (!this.#isStarted) return;
    this.#timer = setTimeout(() => void this.run(), this.#parts.intervalMs).unref();
  }

  async #runOnce(): Promise<string | undefined> {
    const { onResult } = this.#parts;
    if (this.#hanging >= MAX_HANGING) {
      const reason = `${this.#hanging} runs that were given up have not ended yet`;
      onResult('timed_out', reason);
      return reason;
    }
    const { signal } = this.#stopping;
    const giveUp = new AbortController();
    const cancel = (): void => {
      giveUp.abort(signal.reason);
    };
    signal.addEventListener('abort', cancel, { once: true });
    const { outcome, reason } = await this.#look(giveUp);
    signal.removeEventListener('abort', cancel);
    if (!signal.aborted) onResult(outcome, reason);
    return reason;
  }

  async #look(giveUp: AbortController): Promise<Result> {
    const { timeoutMs } = this.#parts;
    try {
      await withTimeLimit(this.#call(giveUp.signal), { timeoutMs, keepsAlive: false });
      return { outcome: 'passed', reason: undefined };
    } catch (error) {
      const isLate = error instanceof TimeLimitError;
      if (isLate) giveUp.abort(error);
      return { outcome: isLate ? 'timed_out' : 'failed', reason: messageOf(error) };
    }
  }

  async #call(signal: AbortSignal): Promise<void> {
    this.#hanging += 1;
    try {
      // In a turn of its own: what blocks or throws at once does so here.
      await this.#parts.look(signal);
    } finally {
      this.#hanging -= 1;
    }
  }
}

interface Result {
  readonly outcome: CheckOutcome;
  readonly reason: string | undefined;
}
