/** A page's reading that goes on. */
interface Reading {
  /** Does one step of it. @returns Whether it is over. */
  readonly step: () => boolean;
}

/**
 * Has large pages read step by step, one step in a turn of the event loop, and one page after the other: however
 * many targets send pages beyond all measure, timers and connections are served in between.
 */
export class ReadingTurns {
  readonly #waiting: Reading[] = [];
  #immediate: NodeJS.Immediate | undefined;

  /**
   * Does the first step at once, which is all there is to most pages, and the others in later turns.
   *
   * @param steps - What they throw is thrown.
   * @returns What the last step returns.
   */
  run<T>(steps: Generator<undefined, T>): T | Promise<T> {
    const first = steps.next();
    if (first.done === true) return first.value;
    return new Promise((resolve, reject) => {
      const step = (): boolean => {
        try {
          const next = steps.next();
          if (next.done === true) resolve(next.value);
          return next.done === true;
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return true;
        }
      };
      this.#waiting.push({ step });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#waiting.length === 0) return;
    this.#immediate ??= setImmediate(() => {
      this.#immediate = undefined;
      if (this.#waiting[0]?.step() === true) this.#waiting.shift();
      this.#schedule();
    });
  }
}
