import { readFile, stat } from 'node:fs/promises';
import { BellowsError } from '@bellows/core';

/** A rotated file is seen after so long at the latest, in milliseconds. */
const LOOK_EVERY_MS = 10_000;
/** No token and no bundle of certificates is larger, in bytes. */
const MAX_BYTES = 1_048_576;

/**
 * A file that is replaced while the process runs, as Kubernetes does with tokens and certificates: it is
 * read again when it has changed. While it cannot be read, what it held before goes on.
 */
export class RotatingFile {
  readonly #path: string;
  readonly #now: () => number;
  readonly #lookEveryMs: number;
  #text: string | undefined;
  #mtimeMs = Number.NaN;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  /** @param now - Milliseconds of a clock that only goes on. @param lookEveryMs - How old what was read may be, in milliseconds. */
  constructor(
    path: string,
    now: () => number = () => performance.now(),
    lookEveryMs: number = LOOK_EVERY_MS,
  ) {
    this.#path = path;
    this.#now = now;
    this.#lookEveryMs = lookEveryMs;
  }

  /**
   * What it holds.
   *
   * @throws BellowsError `ERR_ADAPTER_SOURCE` when it was never read and cannot be.
   */
  async read(): Promise<string> {
    if (this.#text !== undefined && this.#now() - this.#lookedAtMs < this.#lookEveryMs) {
      return this.#text;
    }
    this.#lookedAtMs = this.#now();
    try {
      const { mtimeMs, size } = await stat(this.#path);
      if (size > MAX_BYTES) throw new Error(`it holds more than ${MAX_BYTES} bytes`);
      if (this.#text === undefined || mtimeMs !== this.#mtimeMs) {
        this.#text = await readFile(this.#path, 'utf8');
        this.#mtimeMs = mtimeMs;
      }
    } catch (error) {
      if (this.#text === undefined) throw unreadable(this.#path, error);
    }
    return this.#text;
  }
}

function unreadable(path: string, cause: unknown): BellowsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BellowsError('ERR_ADAPTER_SOURCE', `Cannot read ${path}: ${reason}`, {
    place: { file: path },
    remedy: 'Mount the file, or leave the option out.',
    cause,
  });
}
