/** First size of a buffer, in bytes: most pages fit. */
const FIRST_BYTES = 64 * 1024;
/** Larger ones, and more of them, are left to the garbage collector. */
const MAX_KEPT_BYTES = 1024 * 1024;
const MAX_KEPT = 8;

const NO_BYTES = Buffer.alloc(0);

/**
 * Memory in which pages are put together that come in several parts, used again from page to page: at a thousand
 * pages a second, new memory for each would be garbage by the tens of megabytes before it is collected.
 */
export class PageBuffers {
  readonly #free: Buffer[] = [];

  /** A page to be filled; give it back with {@link PageInParts.release}. */
  begin(): PageInParts {
    return new PageInParts(this);
  }

  /** Memory of some size, for a page's second part. */
  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  /** Takes memory back, of any size. */
  giveBack(buffer: Buffer): void {
    if (buffer.length <= MAX_KEPT_BYTES && this.#free.length < MAX_KEPT) this.#free.push(buffer);
  }
}

/** A page that comes in parts. Most come in one, which is kept as it is. */
export class PageInParts {
  readonly #buffers: PageBuffers;
  /** The only part so far. */
  #only: Uint8Array = NO_BYTES;
  /** From the second part on: all of them. */
  #buffer: Buffer | undefined;
  #length = 0;

  constructor(buffers: PageBuffers) {
    this.#buffers = buffers;
  }

  get length(): number {
    return this.#length;
  }

  /** Takes the next part, whose memory is the page's from now on. */
  add(part: Uint8Array): void {
    const start = this.#length;
    this.#length += part.length;
    if (start === 0) {
      this.#only = part;
      return;
    }
    const buffer = this.#withRoom(start);
    buffer.set(part, start);
    this.#buffer = buffer;
    this.#only = NO_BYTES;
  }

  /** What has come; of use until {@link release}. */
  bytes(): Uint8Array {
    return this.#buffer?.subarray(0, this.#length) ?? this.#only;
  }

  /** Gives the memory back, which may be another page's then. Idempotent. */
  release(): void {
    if (this.#buffer !== undefined) this.#buffers.giveBack(this.#buffer);
    this.#buffer = undefined;
    this.#only = NO_BYTES;
    this.#length = 0;
  }

  /** Memory for so many bytes as there are now, with the first `filled` ones in it. */
  #withRoom(filled: number): Buffer {
    const before = this.bytes().subarray(0, filled);
    let buffer = this.#buffer ?? this.#buffers.take();
    if (this.#length > buffer.length) {
      buffer = Buffer.allocUnsafeSlow(Math.max(this.#length, 2 * buffer.length));
      buffer.set(before);
    } else if (this.#buffer === undefined) buffer.set(before);
    return buffer;
  }
}
