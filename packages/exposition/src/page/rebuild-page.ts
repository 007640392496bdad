import type { MetricType } from '../metric-family.ts';
import { ENTRY, type EntryScanner } from '../read/entry-scanner.ts';
import { limitError, seriesLimitError } from '../read/page-error.ts';
import { nameOfEntry } from '../read/sample-of-entry.ts';
import { texts } from '../read/text-pool.ts';
import { PageComparison } from './page-comparison.ts';
import { KeptReadings } from './kept-readings.ts';
import { NO_SAMPLE, RememberedLines, UNWANTED, WHOLE_LINE } from './remembered-lines.ts';
import type { PageMemory } from './page-memory.ts';
import type { PageSeries } from './page-reading.ts';
import { rereadLine } from './reread-line.ts';
import { seriesOfEntry } from './series-of-entry.ts';
import { STEP_BYTES, STEP_LINES } from './step-lines.ts';
import type { WantedSeries } from './wanted-series.ts';

/** How many remembered lines are looked through for one that stands further down: so many may go at once. */
const LOOK_AHEAD = 32;

/**
 * Reads a page some of whose lines are other ones than before. Where they go on as they are remembered, they are
 * compared and taken over; where they do not, one line is read. If that one is remembered, next or a few lines further,
 * it keeps its series without a look at its labels. Yields after every {@link STEP_LINES} or {@link STEP_BYTES}.
 *
 * @param before - Its readings are of no use any more: they may be overwritten.
 * @throws BellowsError as the scanner, beyond `maxSamples`, and `ERR_EXPOSITION_SERIES` beyond `maxSeries`.
 */
export function* rebuildPage(
  before: PageMemory,
  page: Uint8Array,
  scanner: EntryScanner,
  wanted: WantedSeries,
): Generator<undefined, Omit<PageMemory, 'view'>> {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const rebuild = new Rebuild(before, view, scanner, wanted);
  scanner.reset();
  scanner.open(page, 0, page.length);
  while (!rebuild.step()) yield;
  rebuild.readings.seal();
  return { lines: rebuild.lines, readings: rebuild.readings };
}

class Rebuild {
  readonly lines: RememberedLines = new RememberedLines();
  readonly readings: KeptReadings;
  readonly #before: PageMemory;
  readonly #pages: PageComparison;
  readonly #scanner: EntryScanner;
  readonly #wanted: WantedSeries;
  /** The remembered line that is expected next, and where it starts. */
  #line = 0;
  #lineStart = 0;
  #familyName = '';
  /** Where the name stands that was looked up last. */
  #lastNameStart = 0;
  #lastNameEnd = 0;
  #isLastWanted = false;

  constructor(before: PageMemory, view: DataView, scanner: EntryScanner, wanted: WantedSeries) {
    this.#before = before;
    this.#pages = new PageComparison(view, before.view);
    this.#scanner = scanner;
    this.#wanted = wanted;
    this.readings = new KeptReadings(before.readings.series);
  }

  /** Reads on. @returns Whether the page is over. */
  step(): boolean {
    const scanner = this.#scanner;
    const { maxSamples } = scanner.limits;
    const { maxSeries } = this.#wanted;
    const pauseAt = scanner.at + STEP_BYTES;
    const pauseAtLine = this.lines.count + STEP_LINES;
    while (this.lines.count < pauseAtLine && scanner.at < pauseAt) {
      this.#takeRemembered();
      const start = scanner.at;
      const entry = scanner.next();
      if (entry === ENTRY.sample) this.#takeSample(start);
      else this.#takeOther(start, entry === ENTRY.type);
      if (this.lines.sampleCount > maxSamples) {
        throw limitError(scanner, `at most ${maxSamples} samples`);
      }
      if (this.readings.series.length > maxSeries) throw seriesLimitError(scanner, maxSeries);
      if (entry === ENTRY.end) return true;
    }
    return false;
  }

  /** Takes over lines, {@link STEP_LINES} at most, for as long as they are expected, whatever their values. */
  #takeRemembered(): void {
    const scanner = this.#scanner;
    if (scanner.isBroken) return;
    const { lines, view } = this.#before;
    // What the last line is depends on whether the page ends behind it.
    const end = Math.min(lines.count - 1, this.#line + STEP_LINES);
    let { at } = scanner;
    while (this.#line < end && lines.contextOf(this.#line) === this.lines.contexts.at(-1)) {
      const mostBytes = Math.min(scanner.end - at, view.byteLength - this.#lineStart);
      const sameBytes = this.#pages.commonLength(at, this.#lineStart, mostBytes);
      const next = this.#copySame(at, sameBytes, end);
      const left = sameBytes - (next - at);
      at = next;
      if (this.#line >= end || left < (lines.prefixBytes[this.#line] ?? WHOLE_LINE)) break;
      const lineBytes = this.#isFull() ? 0 : rereadLine(this.#before, this.#line, at, scanner);
      if (lineBytes === 0) break;
      this.#copy(lineBytes);
      at += lineBytes;
    }
    // Reading a value in vain leaves these elsewhere.
    scanner.at = at;
    scanner.isBroken = false;
  }

  /** Takes over the lines that lie within the bytes that are the same. @returns Where the next one starts. */
  #copySame(start: number, sameBytes: number, endLine: number): number {
    const { lineBytes } = this.#before.lines;
    let at = start;
    while (this.#line < endLine && !this.#isFull()) {
      const bytes = lineBytes[this.#line] ?? 0;
      if (at + bytes > start + sameBytes) break;
      this.#copy(bytes);
      at += bytes;
    }
    return at;
  }

  /** Whether another sample may be too much, which is for the line's plain reading to say. */
  #isFull(): boolean {
    const { maxSamples } = this.#scanner.limits;
    return (
      this.lines.sampleCount >= maxSamples || this.readings.series.length >= this.#wanted.maxSeries
    );
  }

  /** Takes over the line that is expected; its value is in the readings of before. */
  #copy(lineBytes: number): void {
    const { lines, readings } = this.#before;
    const line = this.#line;
    const slot = lines.slots[line] ?? NO_SAMPLE;
    this.#enterContext(lines.contextOf(line));
    const series = readings.series[slot];
    const own =
      series === undefined
        ? slot
        : this.readings.append(
            series,
            readings.values[slot] ?? Number.NaN,
            readings.timestampsMs?.[slot] ?? Number.NaN,
          );
    this.lines.append(lineBytes, lines.prefixBytes[line] ?? WHOLE_LINE, own);
    this.#line = line + 1;
    this.#lineStart += lines.lineBytes[line] ?? 0;
  }

  /** A TYPE line that is taken over holds for what is read behind it. */
  #enterContext(context: string): void {
    if (context === this.lines.contexts.at(-1)) return;
    this.lines.contexts.push(context);
    const space = context.indexOf(' ');
    this.#familyName = context.slice(space + 1);
    this.#scanner.type = context.slice(0, space) as MetricType;
  }

  #takeOther(start: number, isType: boolean): void {
    const { at, bytes, nameStart, nameEnd, type } = this.#scanner;
    if (at === start) return;
    if (isType) {
      this.#familyName = texts.get(bytes, nameStart, nameEnd);
      this.lines.contexts.push(`${type} ${this.#familyName}`);
    }
    this.#find(start, at - start, NO_SAMPLE);
    this.lines.append(at - start, WHOLE_LINE, NO_SAMPLE);
  }

  #takeSample(start: number): void {
    const { at, valueStart, value, timestampMs } = this.#scanner;
    const series = this.#seriesAt(start, valueStart - start);
    const slot = series === undefined ? UNWANTED : this.readings.append(series, value, timestampMs);
    this.lines.append(at - start, this.#prefixBytes(start), slot);
  }

  /** Only what ends in a blank or brace is read alike whatever follows; else the value may go on with the name. */
  #prefixBytes(start: number): number {
    const { bytes, valueStart } = this.#scanner;
    const last = bytes[valueStart - 1];
    return last === 32 || last === 9 || last === 125 ? valueStart - start : WHOLE_LINE;
  }

  /** The series of the sample; undefined where it is not wanted. */
  #seriesAt(start: number, prefixBytes: number): PageSeries | undefined {
    const slot = this.#find(start, prefixBytes, UNWANTED);
    if (slot === UNWANTED) return undefined;
    const remembered = slot === undefined ? undefined : this.#before.readings.series[slot];
    if (remembered !== undefined) return remembered;
    if (!this.#isWanted()) return undefined;
    const name = nameOfEntry(this.#scanner);
    return this.readings.intern(seriesOfEntry(this.#scanner, name, this.#familyName));
  }

  /** Lines of one name stand together: the name is looked up once for them. */
  #isWanted(): boolean {
    const { names } = this.#wanted;
    if (names === undefined) return true;
    const { bytes, nameStart, nameEnd } = this.#scanner;
    if (!this.#isLastName(bytes, nameStart, nameEnd)) {
      this.#lastNameStart = nameStart;
      this.#lastNameEnd = nameEnd;
      this.#isLastWanted = names.has(nameOfEntry(this.#scanner));
    }
    return this.#isLastWanted;
  }

  #isLastName(bytes: Uint8Array, start: number, end: number): boolean {
    const shift = start - this.#lastNameStart;
    if (end - shift !== this.#lastNameEnd) return false;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] !== bytes[at - shift]) return false;
    }
    return true;
  }

  /**
   * Looks for a line among those that are remembered, and expects the one behind it next.
   *
   * @param least - What the line's slot is at least.
   * @returns Its slot; undefined where it is not remembered.
   */
  #find(start: number, bytes: number, least: number): number | undefined {
    const { lines } = this.#before;
    if (lines.count === 0) return undefined;
    const end = Math.min(lines.count, this.#line + LOOK_AHEAD);
    let lineStart = this.#lineStart;
    for (let line = this.#line; line < end; line += 1) {
      const slot = lines.slots[line] ?? NO_SAMPLE;
      const lineBytes = lines.lineBytes[line] ?? 0;
      const compared = slot === NO_SAMPLE ? lineBytes : (lines.prefixBytes[line] ?? 0);
      const isLike = compared === bytes && slot >= least && (least !== NO_SAMPLE || slot === least);
      if (isLike && this.#isAt(line, lineStart, start, bytes)) {
        this.#line = line + 1;
        this.#lineStart = lineStart + lineBytes;
        return slot;
      }
      lineStart += lineBytes;
    }
    return undefined;
  }

  #isAt(line: number, lineStart: number, start: number, bytes: number): boolean {
    const { lines } = this.#before;
    const isSame = this.#pages.commonLength(start, lineStart, bytes) === bytes;
    // A series' labels and type depend on the TYPE line that holds.
    return isSame && lines.contextOf(line) === this.lines.contexts.at(-1);
  }
}
