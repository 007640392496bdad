import type { EntryScanner } from '../read/entry-scanner.ts';
import { MAX_EXACT_DIGITS, readNumber } from '../read/read-number.ts';
import type { PageMemory } from './page-memory.ts';
import { UNWANTED } from './remembered-lines.ts';

/**
 * Reads what stands behind the name and labels of a line that are those of the remembered line, into its reading.
 *
 * @param at - Where the line starts on the page that the scanner is open on.
 * @returns The line's length; 0 if it is no such line, or something is wrong with it.
 */
export function rereadLine(
  memory: PageMemory,
  line: number,
  at: number,
  scanner: EntryScanner,
): number {
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
