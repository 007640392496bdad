/** Ends something when the work is done, such as a database pool. */
export type Closer = () => void | Promise<void>;

interface NamedCloser {
  readonly name: string;
  readonly closer: Closer;
}

/** Closers by name, in the order they were registered. */
export class Closers {
  readonly #closers: NamedCloser[] = [];
  /** Runs one that comes when the others have run; undefined before. */
  #runLate: ((late: NamedCloser) => void) | undefined;

  /** A service that was told to end while it started may register one after the drain: it runs at once. */
  add(name: string, closer: Closer): void {
    if (this.#runLate === undefined) this.#closers.push({ name, closer });
    else this.#runLate({ name, closer });
  }

  /**
   * Runs all of them one after the other, the last registered first: what was built on another thing goes before it.
   * One that fails or takes too long is said, and the next one runs.
   * @returns the names of those that failed.
   */
  async run(timeoutMs: number, log: (message: string) => void): Promise<string[]> {
    const failed: string[] = [];
    const run = async ({ name, closer }: NamedCloser): Promise<void> => {
      const problem = await problemOf(closer, timeoutMs);
      if (problem === undefined) return;
      log(`closer ${name} failed: ${problem}`);
      failed.push(name);
    };
    for (let next = this.#closers.pop(); next !== undefined; next = this.#closers.pop()) {
      await run(next);
    }
    this.#runLate = (late) => void run(late);
    return [...failed];
  }
}

async function problemOf(closer: Closer, timeoutMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`it took longer than ${timeoutMs / 1000} s`);
    }, timeoutMs);
  });
  try {
    return await Promise.race([Promise.resolve(closer()).then(() => undefined), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
