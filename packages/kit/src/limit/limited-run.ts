import { BellowsError } from '@bellows/core';
import { monotonicSeconds } from '../instruments/age-gauge.ts';
import { readOptions, type OptionReaders } from '../options/read-options.ts';
import { readChoice, readWaitSeconds } from '../options/option-readers.ts';
import type { QueueOutcome } from '../queue/queue-metrics.ts';
import type { Entrant, Refusal } from './gate.ts';
import type { RunOptions, Task } from './limit.ts';
import type { Places } from './places.ts';
import { PRIORITIES, rankOf } from './priority.ts';
import { refusalError } from './refusal-error.ts';
import { timerDelayMs } from '../time-limit.ts';

const READERS: OptionReaders<Required<Omit<RunOptions, 'signal'>>> = {
  priority: readChoice(PRIORITIES, 'normal'),
  timeoutSeconds: readWaitSeconds(Infinity),
};

/** How a run ends: called once. */
export interface RunEnd<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
  /** Told last. @param hasBegun - Whether the task was called. */
  readonly onEnd: (run: LimitedRun<Result>, hasBegun: boolean) => void;
}

/** One task on its way through a limit. */
export class LimitedRun<Result> implements Entrant {
  readonly rank: number;
  readonly deadlineSeconds: number;
  sinceSeconds: number | undefined;
  readonly #places: Places;
  readonly #task: Task<Result>;
  readonly #end: RunEnd<Result>;
  readonly #callerSignal: AbortSignal | undefined;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(places: Places, task: Task<Result>, options: RunOptions, end: RunEnd<Result>) {
    const { signal, ...given } = options;
    const { priority, timeoutSeconds } = readOptions('work in a limit', READERS, {
      ...given,
      timeoutSeconds: given.timeoutSeconds ?? places.options.timeoutSeconds,
    });
    this.rank = rankOf(priority);
    this.deadlineSeconds =
      timeoutSeconds === Infinity ? Infinity : monotonicSeconds() + timeoutSeconds;
    this.#places = places;
    this.#task = task;
    this.#end = end;
    this.#callerSignal = signal;
  }

  /** Goes to the limit. */
  enter(): void {
    if (this.#callerSignal?.aborted === true) {
      this.refuse('cancelled');
      return;
    }
    this.#callerSignal?.addEventListener('abort', this.#onCallerAbort, { once: true });
    this.#places.enter(this);
  }

  start(): void {
    if (this.deadlineSeconds !== Infinity) this.#armDeadline();
    void this.#run();
  }

  refuse(reason: Refusal): void {
    this.#places.count(reason);
    const cause: unknown = this.#callerSignal?.reason;
    const isCallers = reason === 'cancelled' && cause !== undefined;
    this.#settle(() => {
      this.#end.reject(isCallers ? cause : refusalError(this.#places.options, reason));
    }, false);
  }

  /** Tells the task to end, if it runs. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Waits for the task no longer. */
  abandon(): void {
    if (this.#isOver) return;
    this.#places.count('aborted');
    this.#settle(() => {
      this.#end.reject(refusalError(this.#places.options, 'draining'));
    }, true);
  }

  async #run(): Promise<void> {
    const startMs = performance.now();
    let outcome: QueueOutcome = 'completed';
    let settle: () => void;
    try {
      const result = await this.#task(this.#controller.signal);
      settle = () => {
        this.#end.resolve(result);
      };
    } catch (error) {
      outcome = this.#controller.signal.aborted ? 'aborted' : 'failed';
      settle = () => {
        this.#end.reject(error);
      };
    }
    const isAbandoned = this.#isOver;
    this.#settle(settle, true);
    if (isAbandoned) this.#places.gate.leave();
    else this.#places.leave(outcome, startMs);
  }

  #settle(settle: () => void, hasBegun: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#callerSignal?.removeEventListener('abort', this.#onCallerAbort);
    settle();
    this.#end.onEnd(this, hasBegun);
  }

  #armDeadline(): void {
    const leftMs = Math.ceil((this.deadlineSeconds - monotonicSeconds()) * 1000);
    this.#timer = setTimeout(() => {
      this.#controller.abort(deadlineError(this.#places.options.name));
    }, timerDelayMs(leftMs)).unref();
  }

  readonly #onCallerAbort = (): void => {
    if (this.sinceSeconds !== undefined) this.#places.withdraw(this, 'cancelled');
    else this.#controller.abort(this.#callerSignal?.reason);
  };
}

function deadlineError(name: string): BellowsError {
  return new BellowsError(
    'ERR_KIT_DEADLINE',
    `Expected work in ${name} to end before its deadline; it did not`,
    { remedy: 'Raise the timeout or find what it waits for.' },
  );
}
