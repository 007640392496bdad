/** Options of `kit.queue`. */
export interface QueueOptions<T = unknown> {
  /** Value of the `queue` label of its metrics; unique in the kit. */
  readonly name: string;
  /** Items worked on at once. 1 to 10000. @defaultValue 1 */
  readonly concurrency?: number;
  /** Items that may wait; a push beyond that is refused. 0 to 1000000. @defaultValue 1000 */
  readonly maxLength?: number;
  /** Longest wait of an item before its work begins, in seconds; `Infinity` for no bound. @defaultValue 30 */
  readonly maxWaitSeconds?: number;
  /**
   * Fetches the next item from elsewhere, such as a broker; called from the kit's start on, again and again, whenever
   * an item can be worked on at once. `undefined` says that there is none: asked again a second later. One that fails
   * is counted, and asked again after 1 s, then 2 s, up to 30 s. A drain aborts the signal first of all and fetches
   * nothing more; what it returns even so is still worked on.
   * @defaultValue undefined: items come by `push` only
   */
  readonly fetch?: (signal: AbortSignal) => Promise<T | undefined>;
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
   * @returns when the item's work has ended; rejects with what the work threw. A rejection that nobody looks at ends
   * no process: it is counted.
   * @throws BellowsError, as rejection: `ERR_KIT_QUEUE_FULL` when `maxLength` items wait already,
   * `ERR_KIT_QUEUE_TIMEOUT` when it waited for `maxWaitSeconds`, `ERR_KIT_DRAINING` when it came after the last
   * request of a drain, or had not begun when the drain's time was up.
   */
  push(item: T): Promise<void>;
}
