import type { EntryScanner } from '../read/entry-scanner.ts';
import { PageComparison } from './page-comparison.ts';
import type { PageMemory } from './page-memory.ts';
import { WHOLE_LINE } from './remembered-lines.ts';
import { rereadLine } from './reread-line.ts';

/**
 * Reads a page whose lines are those of the remembered page, in their order: compares their bytes, and reads the
 * values that have changed into the readings.
 *
 * @param scanner - Open on the page.
 * @returns Whether it was such a page. If not, what is remembered is as it was but for the readings.
 */
export function rereadPage(memory: PageMemory, page: Uint8Array, scanner: EntryScanner): boolean {
  const { lines, view: oldView } = memory;
  const { count, lineBytes, prefixBytes } = lines;
  if (count === 0) return false;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const pages = new PageComparison(view, oldView);
  const lengths = new ChangedLengths(lineBytes);
  let at = 0;
  let oldAt = 0;
  for (let line = 0; ; line += 1) {
    // As far as both are the same, over as many lines as it goes.
    const mostBytes = Math.min(view.byteLength - at, oldView.byteLength - oldAt);
    let sameBytes = pages.commonLength(at, oldAt, mostBytes);
    let bytes = lineBytes[line] ?? 0;
    while (line < count && bytes <= sameBytes) {
      sameBytes -= bytes;
      at += bytes;
      oldAt += bytes;
      line += 1;
      bytes = lineBytes[line] ?? 0;
    }
    if (line >= count && at === page.length) return true;
    const prefix = prefixBytes[line] ?? WHOLE_LINE;
    const newBytes =
      line < count && sameBytes >= prefix ? rereadLine(memory, line, at, scanner) : 0;
    if (newBytes === 0) {
      lengths.restore();
      return false;
    }
    if (newBytes !== bytes) lengths.set(line, newBytes);
    at += newBytes;
    oldAt += bytes;
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
