/** Ends something when the work is done, such as a database pool. */
export type Closer = () => void | Promise<void>;

/** Closers by name, in the order they were registered. */
export class Closers {
  readonly #closers: { readonly name: string; readonly closer: Closer }[] = [];

  add(name: string, closer: Closer): void {
    this.#closers.push({ name, closer });
  }

  /**
   * Runs all of them one after the other, the last registered first: what was built on another thing goes before it.
   * One that fails or takes too long is said, and the next one runs.
   * @returns the names of those that failed.
   */
  async run(timeoutMs: number, log: (message: string) => void): Promise<string[]> {
    const failed: string[] = [];
    for (const { name, closer } of [...this.#closers].reverse()) {
      const problem = await problemOf(closer, timeoutMs);
      if (problem === undefined) continue;
      log(`closer ${name} failed: ${problem}`);
      failed.push(name);
    }
    return failed;
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
