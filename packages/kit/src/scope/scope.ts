import type { Task } from '../limit/limit.ts';

/** How a task of a scope is run. */
export interface SpawnOptions {
  /** Value of the `task` label of its metrics; a constant, no id. @defaultValue 'unnamed' */
  readonly name?: string;
  /**
   * Whether the task may go on when the request of its scope has ended: the drain then waits for it. Without it its
   * signal aborts when the request ends. In the scope of the process every task does.
   * @defaultValue false
   */
  readonly outlives?: boolean;
  /** Time it has, in seconds: then its signal aborts. Above 0 up to 86400, or Infinity. @defaultValue Infinity */
  readonly timeoutSeconds?: number;
}

/** Where work belongs that is not waited for: it is counted, ended in time and drained. */
export interface Scope {
  /** Aborts when the scope is over: with its request, or when the drain's time is up. */
  readonly signal: AbortSignal;
  /** Tasks of this scope that have not ended. */
  readonly running: number;
  /**
   * Begins a task. It should end early when its signal aborts; one that goes on after its request all the same is
   * counted and said.
   * @returns how it ended; it never rejects, so that nobody has to look. A task that is not begun, because its request
   * has ended, too many run or the service has drained, is `rejected` with a BellowsError: `ERR_KIT_SCOPE_OVER`,
   * `ERR_KIT_QUEUE_FULL` or `ERR_KIT_DRAINING`.
   * @throws BellowsError `ERR_KIT_OPTION` for a bad option.
   */
  spawn<Result>(
    task: Task<Result>,
    options?: SpawnOptions,
  ): Promise<PromiseSettledResult<Awaited<Result>>>;
}
