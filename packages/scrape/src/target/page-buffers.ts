/** First size of a buffer, in bytes: most pages fit. */
const FIRST_BYTES = 64 * 1024;
/** Larger ones, and more of them, are left to the garbage collector. */
const MAX_KEPT_BYTES = 1024 * 1024;
const MAX_KEPT = 8;

const NO_BYTES = Buffer.alloc(0);

/**
 * Memory in which pages are put together, used again from page to page: at a thousand pages a second, new
 * memory for each would be garbage by the tens of megabytes before it is collected.
 */
export class PageBuffers {
  readonly #free: Buffer[] = [];

  /** A page to be filled; give it back with {@link PageInParts.release}. */
  begin(): PageInParts {
    return new PageInParts(this.#free.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES), (buffer) => {
      if (buffer.length <= MAX_KEPT_BYTES && this.#free.length < MAX_KEPT) this.#free.push(buffer);
    });
  }
}

/** A page that comes in parts. */
export class PageInParts {
  #buffer: Buffer;
  #length = 0;
  #giveBack: ((buffer: Buffer) => void) | undefined;

  constructor(buffer: Buffer, giveBack: (buffer: Buffer) => void) {
    this.#buffer = buffer;
    this.#giveBack = giveBack;
  }

  get length(): number {
    return this.#length;
  }

  add(part: Uint8Array): void {
    const length = this.#length + part.length;
    if (length > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#buffer.length));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    this.#buffer.set(part, this.#length);
    this.#length = length;
  }

  /** What has come; of use until {@link release}. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Gives the memory back. Idempotent. */
  release(): void {
    this.#giveBack?.(this.#buffer);
    this.#giveBack = undefined;
    // It may be another page's already.
    this.#buffer = NO_BYTES;
    this.#length = 0;
  }
}
