/** Lets so many in at the same time and nobody wait, since who waits has been given up by the time he is let in. */
export class ConcurrencyLimit {
  readonly #max: number;
  #current = 0;

  /** @param max - At least 1. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Lets one in if there is room: the result is to be called once, when it is done. */
  enter(): (() => void) | undefined {
    if (this.#current >= this.#max) return undefined;
    this.#current += 1;
    let isInside = true;
    return () => {
      if (isInside) this.#current -= 1;
      isInside = false;
    };
  }
}
