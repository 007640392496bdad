/** Bounds of a {@link BackOff}. */
export interface BackOffOptions {
  /** The first wait, in milliseconds, before jitter. */
  readonly initialMs: number;
  /** The longest wait, in milliseconds, before jitter. */
  readonly maxMs: number;
  /** A number from 0 up to but not 1. @defaultValue Math.random */
  readonly random?: () => number;
}

/** Waits that double, each longer by a random part of itself, so that many clients do not come back at one moment. */
export class BackOff {
  readonly #options: BackOffOptions;
  #nextMs: number;

  constructor(options: BackOffOptions) {
    this.#options = options;
    this.#nextMs = options.initialMs;
  }

  /** The next wait, in milliseconds. */
  nextMs(): number {
    const { maxMs, random = Math.random } = this.#options;
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(maxMs, waitMs * 2);
    return waitMs * (1 + random());
  }

  /** Begins with the first wait again. */
  reset(): void {
    this.#nextMs = this.#options.initialMs;
  }
}
