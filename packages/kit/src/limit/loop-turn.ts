/**
 * Longest time, in milliseconds, that work is started within one turn of the event loop. Short against any timeout,
 * long against the turn's own cost.
 */
export const TURN_BUDGET_MS = 10;

/**
 * The first brake of the loop: how long this turn has worked already.
 *
 * Handlers that compute do so one after the other within a turn, each to its end, so however many requests are
 * there, never more than one is under way: a bound on concurrency alone sees nothing, and the backlog waits unseen
 * in the kernel. When the turn has used its time, what is left waits in the line instead, until the loop has read
 * what has come meanwhile: then the line's length and age tell how much there is.
 */
export class LoopTurn {
  readonly #onNext: () => void;
  #startedMs: number | undefined;

  /** @param onNext - Told when the turn after one that had no time left begins. */
  constructor(onNext: () => void) {
    this.#onNext = onNext;
  }

  /** Whether more work may start in this turn. */
  hasTime(): boolean {
    const nowMs = performance.now();
    if (this.#startedMs === undefined) {
      this.#startedMs = nowMs;
      setImmediate(this.#end);
      return true;
    }
    return nowMs - this.#startedMs < TURN_BUDGET_MS;
  }

  readonly #end = (): void => {
    this.#startedMs = undefined;
    this.#onNext();
  };
}
