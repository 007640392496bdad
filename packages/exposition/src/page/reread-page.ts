import type { EntryScanner } from '../read/entry-scanner.ts';
import { MAX_EXACT_DIGITS, readNumber } from '../read/read-number.ts';
import { PageComparison } from './page-comparison.ts';
import type { PageMemory } from './page-memory.ts';
import { UNWANTED, WHOLE_LINE } from './remembered-lines.ts';

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
    const newBytes = line < count && sameBytes >= prefix ? reread(memory, line, at, scanner) : 0;
    if (newBytes === 0) {
      lengths.restore();
      return false;
    }
    if (newBytes !== bytes) lengths.set(line, newBytes);
    at += newBytes;
    oldAt += bytes;
  }
}

/** Reads what stands behind the name and labels of a line. @returns The line's length; 0 if it is no such line. */
function reread(memory: PageMemory, line: number, at: number, scanner: EntryScanner): number {
  const { bytes, end } = scanner;
  const { lines, readings } = memory;
  const slot = lines.slots[line] ?? UNWANTED;
  const start = at + (lines.prefixBytes[line] ?? 0);
  // Most values are whole numbers with nothing behind them.
  let next = start;
  let value = 0;
  let digit = (bytes[next] ?? 0) - 48;
  while (digit >= 0 && digit <= 9 && next < end) {
    value = value * 10 + digit;
    next += 1;
    digit = (bytes[next] ?? 0) - 48;
  }
  const digits = next - start;
  if (digits === 0 || digits > MAX_EXACT_DIGITS || next >= end || bytes[next] !== 10) {
    return rereadOther(memory, line, at, scanner);
  }
  if (next + 1 - at > scanner.limits.maxLineBytes) return 0;
  if (slot >= 0) readings.set(slot, value, Number.NaN);
  return next + 1 - at;
}

function rereadOther(memory: PageMemory, line: number, at: number, scanner: EntryScanner): number {
  const { lines, readings } = memory;
  const start = at + (lines.prefixBytes[line] ?? 0);
  scanner.at = start;
  let value = readNumber(scanner);
  if (value === undefined) return 0;
  let timestampMs = Number.NaN;
  if (scanner.at < scanner.end && scanner.bytes[scanner.at] === 10) scanner.at += 1;
  else {
    if (!scanRest(scanner, at, start)) return 0;
    ({ value, timestampMs } = scanner);
  }
  const lineBytes = scanner.at - at;
  if (lineBytes > scanner.limits.maxLineBytes || scanner.bytes[scanner.at - 1] !== 10) return 0;
  const slot = lines.slots[line] ?? UNWANTED;
  if (slot >= 0) readings.set(slot, value, timestampMs);
  return lineBytes;
}

/** A value with what may follow it; false if there is something wrong, which the page's plain reading will name. */
function scanRest(scanner: EntryScanner, lineStart: number, valueStart: number): boolean {
  scanner.at = valueStart;
  scanner.entryStart = lineStart;
  try {
    scanner.scanValue();
  } catch {
    return false;
  }
  return !scanner.isBroken;
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
