/** A difference that the whole seconds of a `Date` header and the way of the answer explain, in milliseconds. */
const TOLERANCE_MS = 5_000;

/**
 * How far another server's clock is from ours, by the `Date` of its answers: where one of the two is wrong by an hour, times in
 * questions must be by the clock of whom they are put to.
 */
export class ServerClock {
  readonly #now: () => number;
  #offsetMs: number | undefined;

  /** @param now - Milliseconds since the epoch. */
  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** Whether an answer has told the time. */
  get isKnown(): boolean {
    return this.#offsetMs !== undefined;
  }

  /** Takes an answer's `Date` header; undefined or no date: the clocks are taken for equal. */
  take(date: string | undefined): void {
    const offsetMs = date === undefined ? Number.NaN : Date.parse(date) - this.#now();
    this.#offsetMs = Math.abs(offsetMs) > TOLERANCE_MS ? offsetMs : 0;
  }

  /** A time of ours by the other clock, in milliseconds since the epoch. */
  theirs(ms: number): number {
    return ms + (this.#offsetMs ?? 0);
  }
}
