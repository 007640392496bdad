/**
 * Time, in milliseconds, in which work is started within one turn of the event loop: one handler that computes for
 * longer, or many short ones. A turn without work costs some hundredths of it.
 */
export const START_BUDGET_MS = 1;

/** Longest time, in milliseconds, that new arrivals hold back the work that waits. */
export const READ_BUDGET_MS = 2;

/**
 * The first brake of the loop: how much work begins in one of its turns.
 *
 * Handlers that compute do so one after the other, each to its end, so however many requests are there, never more
 * than one is under way: a bound on concurrency alone sees nothing, and the backlog waits unseen in the kernel. So a
 * turn starts work for a millisecond; what is left waits in the line, where its number and age are known. Before
 * the line goes on, the loop reads what has come meanwhile, of which libuv accepts one connection a turn: what there
 * is no room for is refused at once, and not when its sender has given up.
 */
export class LoopTurn {
  readonly #isWaitedFor: () => boolean;
  readonly #onNext: () => void;
  /** When the work of this turn began; undefined when none has. */
  #startedMs: number | undefined;
  /** Since when arrivals hold back what waits; undefined when they do not. */
  #readingSinceMs: number | undefined;
  #hasArrivals = false;

  /**
   * @param isWaitedFor - Whether anything waits for another turn.
   * @param onNext - Told when it has come.
   */
  constructor(isWaitedFor: () => boolean, onNext: () => void) {
    this.#isWaitedFor = isWaitedFor;
    this.#onNext = onNext;
  }

  /** Notes that something has come in this turn. */
  noteArrival(): void {
    this.#hasArrivals = true;
  }

  /** Whether more work may start in this turn. */
  hasTime(): boolean {
    const nowMs = performance.now();
    if (this.#startedMs === undefined) {
      this.#startedMs = nowMs;
      setImmediate(this.#end);
      return true;
    }
    return this.#readingSinceMs === undefined && nowMs - this.#startedMs < START_BUDGET_MS;
  }

  readonly #end = (): void => {
    if (this.#mustReadOn()) {
      this.#hasArrivals = false;
      setImmediate(this.#end);
      return;
    }
    this.#hasArrivals = false;
    this.#readingSinceMs = undefined;
    this.#startedMs = undefined;
    this.#onNext();
  };

  #mustReadOn(): boolean {
    if (!this.#isWaitedFor()) return false;
    const nowMs = performance.now();
    if (this.#readingSinceMs === undefined) {
      this.#readingSinceMs = nowMs;
      return true;
    }
    return this.#hasArrivals && nowMs - this.#readingSinceMs < READ_BUDGET_MS;
  }
}
