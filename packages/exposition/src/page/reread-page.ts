import type { EntryScanner } from '../read/entry-scanner.ts';
import { PageComparison } from './page-comparison.ts';
import type { PageMemory } from './page-memory.ts';
import { WHOLE_LINE } from './remembered-lines.ts';
import { rereadLine } from './reread-line.ts';
import { STEP_LINES } from './step-lines.ts';

/**
 * Reads a page whose lines are those of the remembered page, in their order: compares their bytes, and reads the
 * values that have changed into the readings. Yields after every {@link STEP_LINES} of these.
 *
 * @param scanner - Open on the page.
 * @returns Whether it was such a page. If not, what is remembered is as it was but for the readings.
 */
export function* rereadPage(
  memory: PageMemory,
  page: Uint8Array,
  scanner: EntryScanner,
): Generator<undefined, boolean> {
  if (memory.lines.count === 0) return false;
  const reread = new Reread(memory, page, scanner);
  for (;;) {
    const isRead = reread.step();
    if (isRead !== undefined) return isRead;
    yield;
  }
}

class Reread {
  readonly #memory: PageMemory;
  readonly #scanner: EntryScanner;
  readonly #pages: PageComparison;
  readonly #lengths: ChangedLengths;
  readonly #pageBytes: number;
  /** The line that is next, and where it starts on both pages. */
  #line = 0;
  #at = 0;
  #oldAt = 0;

  constructor(memory: PageMemory, page: Uint8Array, scanner: EntryScanner) {
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    this.#memory = memory;
    this.#scanner = scanner;
    this.#pageBytes = page.length;
    this.#pages = new PageComparison(view, memory.view);
    this.#lengths = new ChangedLengths(memory.lines.lineBytes);
  }

  /** Goes on. @returns Whether it was a page of the same lines; undefined where there is more of it. */
  step(): boolean | undefined {
    const memory = this.#memory;
    const { lines, view } = memory;
    const { count, lineBytes, prefixBytes } = lines;
    const [pageBytes, oldPageBytes] = [this.#pageBytes, view.byteLength];
    let line = this.#line;
    let at = this.#at;
    let oldAt = this.#oldAt;
    for (let changed = 0; changed < STEP_LINES; changed += 1) {
      // As far as both are the same, over as many lines as it goes.
      const mostBytes = Math.min(pageBytes - at, oldPageBytes - oldAt);
      let sameBytes = this.#pages.commonLength(at, oldAt, mostBytes);
      let bytes = lineBytes[line] ?? 0;
      while (line < count && bytes <= sameBytes) {
        sameBytes -= bytes;
        at += bytes;
        oldAt += bytes;
        line += 1;
        bytes = lineBytes[line] ?? 0;
      }
      if (line >= count && at === pageBytes) return true;
      const prefix = prefixBytes[line] ?? WHOLE_LINE;
      const newBytes =
        line < count && sameBytes >= prefix ? rereadLine(memory, line, at, this.#scanner) : 0;
      if (newBytes === 0) {
        this.#lengths.restore();
        return false;
      }
      if (newBytes !== bytes) this.#lengths.set(line, newBytes);
      at += newBytes;
      oldAt += bytes;
      line += 1;
    }
    this.#line = line;
    this.#at = at;
    this.#oldAt = oldAt;
    return undefined;
  }
}

/** Lengths of lines that are replaced until it turns out that the page is another one. */
class ChangedLengths {
  readonly #lineBytes: Uint32Array;
  readonly #before: number[] = [];

  constructor(lineBytes: Uint32Array) {
    this.#lineBytes = lineBytes;
  }

  set(line: number, bytes: number): void {
    this.#before.push(line, this.#lineBytes[line] ?? 0);
    this.#lineBytes[line] = bytes;
  }

  restore(): void {
    for (let index = 0; index < this.#before.length; index += 2) {
      this.#lineBytes[this.#before[index] ?? 0] = this.#before[index + 1] ?? 0;
    }
  }
}
