/** Options of `kit.createQueue`. */
export interface QueueOptions {
  /** Value of the `queue` label of its metrics; unique in the process. */
  readonly name: string;
  /** Items worked on at once. 1 to 10000. @defaultValue 1 */
  readonly concurrency?: number;
  /** Items that may wait; a push beyond that is refused. 0 to 1000000. @defaultValue 1000 */
  readonly maxLength?: number;
  /** Longest wait of an item before its work begins, in seconds; `Infinity` for no bound. @defaultValue 30 */
  readonly maxWaitSeconds?: number;
}

/** What an item's work is: it ends with the promise, and should end early when the signal aborts. */
export type Work<T> = (item: T, signal: AbortSignal) => Promise<void>;

/** Background work in bounds: a fixed number of items at once, a bounded number of them waiting. */
export interface Queue<T> {
  /** Items that wait for their turn, without those being worked on. */
  readonly length: number;
  /** Items being worked on. */
  readonly running: number;
  /**
   * Puts an item at the end.
   * @returns when the item's work has ended; rejects with what the work threw.
   * @throws BellowsError, as rejection: `ERR_KIT_QUEUE_FULL` when `maxLength` items wait already,
   * `ERR_KIT_QUEUE_TIMEOUT` when it waited for `maxWaitSeconds`, `ERR_KIT_DRAINING` when it came after the last
   * request of a drain, or had not begun when the drain's time was up.
   */
  push(item: T): Promise<void>;
}
