import { BellowsError } from '@bellows/core';
import type { Drainable } from '../drain/drainable.ts';
import { drainingError } from '../drain/draining-error.ts';
import { createSettled, type Settled } from './settled.ts';
import type { FailureLog } from '../failure-log.ts';
import type { Task } from '../limit/limit.ts';
import type { TaskMetrics } from './task-metrics.ts';

const LEAVING = 'Expected a service that stays, got: it is shutting down';

/** A task's bounds, with their defaults. */
export interface TaskBounds {
  readonly name: string;
  readonly timeoutSeconds: number;
  /** Aborts when the task should end; undefined when only the drain ends it. */
  readonly signal: AbortSignal | undefined;
}

/** What a group works with. */
export interface TaskGroupParts {
  readonly maxTasks: number;
  /** How long a task may go on after its signal has aborted before it counts as outliving, in milliseconds. */
  readonly graceMs: number;
  readonly metrics: TaskMetrics;
  readonly failures: FailureLog;
  /** Told when the drain's time is up. */
  readonly onAbort: (reason: unknown) => void;
  /** Told whenever a task has ended. */
  readonly onChange: () => void;
}

interface Running {
  readonly controller: AbortController;
  readonly settled: Settled;
  readonly name: string;
}

/** All tasks of a kit's scopes. */
export class TaskGroup implements Drainable {
  readonly #parts: TaskGroupParts;
  readonly #running = new Set<Running>();
  #isClosed = false;
  #ended = 0;
  #cut = 0;

  constructor(parts: TaskGroupParts) {
    this.#parts = parts;
  }

  get pending(): number {
    return this.#running.size;
  }

  get ended(): number {
    return this.#ended;
  }

  /** Begins a task; resolves with how it ended. */
  run<Result>(
    task: Task<Result>,
    bounds: TaskBounds,
  ): Promise<PromiseSettledResult<Awaited<Result>>> {
    const refusal = this.#refusal(bounds);
    if (refusal !== undefined) {
      this.#parts.metrics.count(bounds.name, 'refused');
      return Promise.resolve({ status: 'rejected', reason: refusal });
    }
    const settled = createSettled<Result>();
    const running: Running = { controller: new AbortController(), settled, name: bounds.name };
    this.#running.add(running);
    this.#parts.metrics.showRunning(bounds.name, 1);
    void this.#follow(task, bounds, running);
    return settled.promise;
  }

  refuse(): void {
    this.#isClosed = true;
  }

  abort(reason: unknown): void {
    this.refuse();
    this.#parts.onAbort(reason);
    for (const { controller } of this.#running) controller.abort(reason);
  }

  abandon(): number {
    for (const running of [...this.#running]) {
      this.#cut += 1;
      this.#end(running, 'aborted');
      running.settled.reject(drainingError(LEAVING));
    }
    return this.#cut;
  }

  #refusal({ signal }: TaskBounds): BellowsError | undefined {
    if (this.#isClosed) return drainingError(LEAVING);
    if (signal?.aborted === true) {
      return new BellowsError(
        'ERR_KIT_SCOPE_OVER',
        'Expected a request that goes on, got one that has ended',
        {
          remedy: 'Spawn the task before the answer, or with outlives: true.',
        },
      );
    }
    if (this.#running.size < this.#parts.maxTasks) return undefined;
    return new BellowsError(
      'ERR_KIT_QUEUE_FULL',
      `Expected fewer than ${this.#parts.maxTasks} tasks at once, got one more`,
      { remedy: 'Bound what spawns them, or raise maxTasks.' },
    );
  }

  async #follow<Result>(task: Task<Result>, bounds: TaskBounds, running: Running): Promise<void> {
    const { controller, settled, name } = running;
    const release = this.#watch(bounds, running);
    try {
      const result = await task(controller.signal);
      if (this.#end(running, 'completed')) this.#ended += 1;
      settled.resolve(result);
    } catch (error) {
      const isAborted = controller.signal.aborted;
      if (this.#end(running, isAborted ? 'aborted' : 'failed')) this.#ended += 1;
      if (!isAborted) this.#parts.failures.say(`task ${name}`, error);
      settled.reject(error);
    } finally {
      release();
    }
  }

  /** Aborts the task when its scope or its time is over. @returns what lets go of all. */
  #watch({ signal, timeoutSeconds, name }: TaskBounds, { controller }: Running): () => void {
    const { graceMs, metrics, failures } = this.#parts;
    let grace: NodeJS.Timeout | undefined;
    const onOver = (): void => {
      controller.abort(signal?.reason);
      grace = setTimeout(() => {
        metrics.countOutlived(name);
        failures.say(
          `task ${name}`,
          'it goes on though its request has ended: heed the signal, or say outlives: true',
        );
      }, graceMs).unref();
    };
    signal?.addEventListener('abort', onOver, { once: true });
    const timer =
      timeoutSeconds === Infinity
        ? undefined
        : setTimeout(() => {
            controller.abort(deadlineError(name, timeoutSeconds));
          }, timeoutSeconds * 1000).unref();
    return () => {
      signal?.removeEventListener('abort', onOver);
      clearTimeout(timer);
      clearTimeout(grace);
    };
  }

  /** @returns false when it was given up before. */
  #end(running: Running, outcome: 'completed' | 'failed' | 'aborted'): boolean {
    if (!this.#running.delete(running)) return false;
    this.#parts.metrics.count(running.name, outcome);
    this.#parts.metrics.showRunning(running.name, -1);
    this.#parts.onChange();
    return true;
  }
}

function deadlineError(name: string, timeoutSeconds: number): BellowsError {
  return new BellowsError(
    'ERR_KIT_DEADLINE',
    `Expected task ${name} to end within ${timeoutSeconds} s; it did not`,
    { remedy: 'Raise its timeoutSeconds or find what it waits for.' },
  );
}
