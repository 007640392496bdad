import type { AnyRequest } from '../http/request-record.ts';
import type { RunOptions } from '../limit/limit.ts';

/** Bounds of a guarded pool or client. */
export interface GuardOptions {
  /** How many may wait for a connection. 0 to 100000. @defaultValue ten times the pool's size */
  readonly maxLength?: number;
  /** Longest wait for a connection, in seconds; `Infinity` for no bound. @defaultValue 5 */
  readonly maxWaitSeconds?: number;
  /** Time each use has, waiting included, in seconds; `Infinity` for none. @defaultValue 30 */
  readonly timeoutSeconds?: number;
}

/** Bounds of what has no size of its own: a Redis client, `fetch`. */
export interface ClientGuardOptions extends GuardOptions {
  /** How many uses may be under way at once. 1 to 10000. @defaultValue 100 */
  readonly concurrency?: number;
}

/** How one use goes. */
export interface UseOptions extends RunOptions {
  /** The request it is for: when its client goes away or its deadline is over, the use ends. */
  readonly request?: AnyRequest;
}

/** Connections to elsewhere, used in bounds. */
export interface Guard<Connection> {
  /** Value of the `pool` label of its metrics. */
  readonly name: string;
  /**
   * Runs `work` with a connection. When its time is over or its signal aborts, it rejects at once and the connection is
   * closed, not given back: what runs on it is not known.
   * @returns what `work` returns; rejects with what it throws.
   * @throws BellowsError, as rejection: `ERR_KIT_QUEUE_FULL` and `ERR_KIT_QUEUE_TIMEOUT` when there is no connection
   * for it, `ERR_KIT_DEADLINE` when its time is over.
   */
  readonly use: <Result>(
    work: (connection: Connection, signal: AbortSignal) => Promise<Result>,
    options?: UseOptions,
  ) => Promise<Result>;
  /**
   * Looks at the settings, and asks the server for its limit; done once by the kit's start, which says what it finds.
   * @returns a sentence for each setting without a bound, and for a pool that is too large for its server with as many
   * replicas as `maxReplicas` says. Never rejects.
   */
  readonly verify: () => Promise<readonly string[]>;
}

/** Watches what has no connections to be lent: an agent of `node:http`, a dispatcher of undici. */
export interface Watch {
  /** Value of the `pool` label of its metrics. */
  readonly name: string;
  /** Looks at the settings. @returns a sentence for each without a bound. */
  readonly verify: () => Promise<readonly string[]>;
}
