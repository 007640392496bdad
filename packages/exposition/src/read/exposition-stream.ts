import { ENTRY, type EntryScanner } from './entry-scanner.ts';
import { eventOfEntry } from './event-of-entry.ts';
import type { ExpositionEvent } from './exposition-event.ts';
import { createScanner, type ExpositionOptions } from './exposition-options.ts';
import { countLineBreaks, limitError } from './page-error.ts';

/** Reads one page that comes in chunks. */
export interface ExpositionStream {
  /**
   * Takes the next bytes, which may end anywhere, also inside of a character.
   *
   * @returns The events of the lines that have become whole.
   * @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`; nothing more can be read then.
   */
  write(chunk: Uint8Array): ExpositionEvent[];
  /**
   * Says that no more bytes come.
   *
   * @returns The events of what was left.
   * @throws BellowsError as `write`.
   */
  end(): ExpositionEvent[];
}

/**
 * Makes a reader of one page that comes in chunks. What it holds is bounded by the longest line and the largest chunk.
 * `startTimestamps` is not for streams: a sample's `_created` may come any number of lines later.
 */
export function createExpositionStream(
  options: Omit<ExpositionOptions, 'startTimestamps'> = {},
): ExpositionStream {
  const scanner = createScanner(options);
  scanner.isLast = false;
  return new ChunkReader(scanner);
}

const INITIAL_BYTES = 4096;

class ChunkReader implements ExpositionStream {
  readonly #scanner: EntryScanner;
  /** The bytes of the line that is not whole yet, and room for more. */
  #buffer = new Uint8Array(INITIAL_BYTES);
  #heldBytes = 0;
  /** So many bytes are awaited before they are looked at again, so that a long line is not read over and over. */
  #awaitedBytes = 0;
  #bodyBytes = 0;
  #sampleCount = 0;

  constructor(scanner: EntryScanner) {
    this.#scanner = scanner;
  }

  write(chunk: Uint8Array): ExpositionEvent[] {
    const { limits } = this.#scanner;
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes > limits.maxBodyBytes) {
      throw limitError(this.#scanner, `at most ${limits.maxBodyBytes} bytes`);
    }
    const lastLineEnd = this.#heldBytes + chunk.lastIndexOf(10) + 1;
    const hasLineEnd = lastLineEnd > this.#heldBytes;
    this.#append(chunk);
    const events: ExpositionEvent[] = [];
    if (hasLineEnd && this.#heldBytes >= this.#awaitedBytes) {
      const wholeEnd = this.#readWindow(lastLineEnd, events);
      this.#awaitedBytes = 2 * (lastLineEnd - wholeEnd);
      this.#buffer.copyWithin(0, wholeEnd, this.#heldBytes);
      this.#heldBytes -= wholeEnd;
    }
    if (this.#heldBytes <= limits.maxLineBytes) return events;
    throw limitError(this.#scanner, `at most ${limits.maxLineBytes} bytes a line`);
  }

  end(): ExpositionEvent[] {
    const events: ExpositionEvent[] = [];
    this.#scanner.isLast = true;
    this.#readWindow(this.#heldBytes, events);
    return events;
  }

  #append(chunk: Uint8Array): void {
    const neededBytes = this.#heldBytes + chunk.length;
    if (neededBytes > this.#buffer.length) {
      const buffer = new Uint8Array(Math.max(neededBytes, 2 * this.#buffer.length));
      buffer.set(this.#buffer);
      this.#buffer = buffer;
    }
    this.#buffer.set(chunk, this.#heldBytes);
    this.#heldBytes = neededBytes;
  }

  /** Reads the entries up to `end`. @returns Where the first one that is not whole starts. */
  #readWindow(end: number, events: ExpositionEvent[]): number {
    const scanner = this.#scanner;
    scanner.open(this.#buffer, 0, end);
    let wholeEnd = 0;
    try {
      for (let event = this.#next(); event !== undefined; event = this.#next()) {
        events.push(event);
        wholeEnd = scanner.at;
      }
      wholeEnd = scanner.at;
    } catch (error) {
      // Quotes that are open where the window ends may be closed by what comes.
      if (!scanner.ranOut || scanner.isLast) throw error;
    }
    scanner.firstLine += countLineBreaks(this.#buffer, 0, wholeEnd);
    return wholeEnd;
  }

  #next(): ExpositionEvent | undefined {
    const entry = this.#scanner.next();
    if (entry === ENTRY.sample) this.#sampleCount += 1;
    const { maxSamples } = this.#scanner.limits;
    if (this.#sampleCount > maxSamples) {
      throw limitError(this.#scanner, `at most ${maxSamples} samples`);
    }
    return eventOfEntry(this.#scanner, entry);
  }
}
