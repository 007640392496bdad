/** A clock that stands still until a test moves it. */
export class FakeClock {
  #nowMs: number;

  /** @param startMs - Milliseconds since the epoch. @defaultValue 1700000000000 */
  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  /** The time, in milliseconds since the epoch. */
  now = (): number => this.#nowMs;

  /** Moves the clock forward and returns the new time. */
  advanceMs(byMs: number): number {
    this.#nowMs += byMs;
    return this.#nowMs;
  }
}
