/** Shares work between those who ask for the same at the same time. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Whether work for a key is under way. */
  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /**
   * What `run` gives, which is called unless it is under way for the same key already. It is ended when nobody waits for it any more.
   *
   * @param signal - Ends this wait.
   */
  async share(
    key: string,
    run: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    signal.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#begin(key, run);
    flight.waiting += 1;
    let leave: () => void = () => undefined;
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => {
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([flight.result, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      flight.waiting -= 1;
      if (flight.waiting === 0) this.#end(key, flight);
    }
  }

  #begin(key: string, run: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const ending = new AbortController();
    const flight = { result: run(ending.signal), waiting: 0, ending };
    this.#flights.set(key, flight);
    // Whoever comes after the answer asks anew.
    const forget = (): void => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    flight.result.then(forget, forget);
    return flight;
  }

  #end(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.ending.abort();
  }
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly ending: AbortController;
  waiting: number;
}
