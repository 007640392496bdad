import type { BellowsError } from '@bellows/core';
import type { ExpositionLimits } from '../exposition-limits.ts';
import type { MetricType } from '../metric-family.ts';
import { BYTE, BYTE_CLASS } from './byte-class.ts';
import { isValidUtf8 } from './decode-page.ts';
import { limitError, syntaxError } from './page-error.ts';
import { scanQuoted } from './scan-quoted.ts';
import { readNumber } from './read-number.ts';

/** What {@link EntryScanner.next} has found; `end` is the end of the window, or of the page. */
export const ENTRY = { end: 0, sample: 1, type: 2, help: 3, unit: 4, comment: 5 } as const;

/** One of {@link ENTRY}. */
export type Entry = (typeof ENTRY)[keyof typeof ENTRY];

const NAME_RULE = { nul: false, lineBreak: true };
const ANY_TEXT = { nul: true, lineBreak: true };
const LINE_TEXT = { nul: true, lineBreak: false };
const STRICT = { nul: false, lineBreak: false };

/** Numbers that {@link EntryScanner.labels} holds for each label. */
export const LABEL_FIELDS = 4;

/**
 * Finds the parts of one line after the other, as places in the bytes: nothing is made of them that nobody asks for.
 * The fields tell of the entry that {@link next} found last.
 */
export abstract class EntryScanner {
  readonly limits: Required<ExpositionLimits>;
  /** Whether blanks may stand between the parts of a line. */
  protected abstract readonly hasBlanks: boolean;
  bytes: Uint8Array = new Uint8Array();
  /** Where the window ends. */
  end = 0;
  /** Whether the page ends with the window. */
  isLast = true;
  /** Next byte. */
  at = 0;
  /** Line of the window's first byte, from 1. */
  firstLine = 1;
  /** The window's first byte. */
  windowStart = 0;
  entryStart = 0;
  /** Whether a quoted text was still open where the window ended: more bytes may close it. */
  ranOut = false;
  /** Whether the page has ended, whatever bytes follow. */
  isOver = false;
  /** Whether the last sample's line was not ended as it must be: the error comes with the next entry, as upstream. */
  isBroken = false;
  /** What the last TYPE line said, of the family with the name between the two places of that line. */
  type: MetricType = 'untyped';
  /** Name of a metric, or of the family that metadata is about; without its quotes. */
  nameStart = -1;
  nameEnd = -1;
  labelCount = 0;
  /** {@link LABEL_FIELDS} places a label: start and end of its name, start and end of its value, without quotes. */
  readonly labels: number[] = [];
  /** Texts of the names and values of the first labels, one behind the other, of so many as {@link knownTexts} says. */
  readonly texts: string[] = [];
  /** Of how many labels the texts are known. */
  knownTexts = 0;
  /** Where the last sample's series starts and its name ends; -1 where its labels cannot be known again. */
  private seriesStart = -1;
  private seriesNameEnd = 0;
  private view: DataView = new DataView(new ArrayBuffer(0));
  /** Whether a name or value of the entry's labels may have a backslash. */
  hasEscapes = false;
  /** Whether the text in quotes that was passed last has bytes above ASCII. */
  hasHighBytes = false;
  /** Where the name and labels end and the value starts, blanks passed. */
  valueStart = 0;
  value = 0;
  /** NaN where the line says none. */
  timestampMs: number = Number.NaN;
  /** The text of metadata and comments. */
  textStart = 0;
  textEnd = 0;

  constructor(limits: Required<ExpositionLimits>) {
    this.limits = limits;
  }

  /** Goes to the bytes from `start` up to `end`, the rest of a page or a part of it that ends with a line. */
  open(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.windowStart = start;
    this.entryStart = start;
    this.end = end;
    this.ranOut = false;
    this.seriesStart = -1;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Forgets what the lines before have said. */
  reset(): void {
    this.isOver = false;
    this.isBroken = false;
    this.isLast = true;
    this.firstLine = 1;
    this.type = 'untyped';
  }

  /** Passes the next entry. @throws BellowsError `ERR_EXPOSITION_SYNTAX`, `ERR_EXPOSITION_LIMIT`. */
  abstract next(): Entry;

  /**
   * Passes what follows the name and labels of a sample: the value, from its first byte on, up to the end of the line.
   *
   * @throws BellowsError as `next`.
   */
  abstract scanValue(): void;

  /** The error for something else than `expected` here. */
  syntaxError(expected: string): BellowsError {
    return syntaxError(this, expected);
  }

  protected skipBlanks(): void {
    if (!this.hasBlanks) return;
    const { bytes, end } = this;
    let { at } = this;
    while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at += 1;
    this.at = at;
  }

  /** Passes a metric's name of the old alphabet, if there is one; leaves `nameStart` at -1 if not. */
  protected scanName(): void {
    const { bytes, end } = this;
    let { at } = this;
    this.nameStart = -1;
    if (at >= end || !isClass(bytes, at, BYTE.nameStart)) return;
    this.nameStart = at;
    do at += 1;
    while (at < end && isClass(bytes, at, BYTE.name));
    this.nameEnd = at;
    this.at = at;
  }

  /** Passes the name in metadata, quoted or not. */
  protected scanMetadataName(): void {
    if (this.bytes[this.at] === 34 && this.at < this.end) {
      const start = this.at + 1;
      if (!scanQuoted(this, NAME_RULE)) {
        throw this.syntaxError('a metric name');
      }
      this.nameStart = start;
      this.nameEnd = this.at - 1;
      return;
    }
    this.scanName();
    if (this.nameStart === -1) throw this.syntaxError('a metric name');
  }

  /** Passes the name and labels of a sample. */
  protected scanSeries(): void {
    const start = this.at;
    const known = this.takeKnownLabels(start);
    if (known === -1) {
      this.hasEscapes = false;
      this.labelCount = 0;
      this.scanName();
      this.skipBlanks();
      if (this.at < this.end && this.bytes[this.at] === 123) {
        this.at += 1;
        this.scanLabels(false, 0);
      }
    } else this.scanLabels(false, known);
    if (this.nameStart === -1) throw this.syntaxError('a metric name');
    this.knownTexts = Math.min(this.knownTexts, Math.max(known, 0));
    this.seriesStart = this.nameStart === start && this.labelCount > 0 ? start : -1;
    this.seriesNameEnd = this.nameEnd;
  }

  /**
   * Passes the name and the first labels where they are, byte by byte, those of the sample before: most series differ
   * from their neighbour in the last label. @returns How many labels; -1 if not even the name.
   */
  private takeKnownLabels(start: number): number {
    const { bytes, labels, seriesStart } = this;
    if (seriesStart === -1) return -1;
    const most = Math.min(this.end - start, start - seriesStart);
    const same = commonBytes(this.view, start, seriesStart, most);
    const nameBytes = this.seriesNameEnd - seriesStart;
    if (same <= nameBytes || bytes[start + nameBytes] !== 123) return -1;
    const shift = start - seriesStart;
    let known = 0;
    // With the byte behind the closing quote, so that what is passed ends where it did.
    while (known < this.labelCount && (labels[known * 4 + 3] ?? 0) + 2 - seriesStart <= same) {
      for (let field = known * 4; field < known * 4 + 4; field += 1) {
        labels[field] = (labels[field] ?? 0) + shift;
      }
      known += 1;
    }
    this.nameStart = start;
    this.nameEnd = start + nameBytes;
    this.at = known === 0 ? this.nameEnd + 1 : (labels[known * 4 - 1] ?? 0) + 1;
    return known;
  }

  /** Passes labels up to their closing brace; the opening one, and `first` labels, are passed. */
  protected scanLabels(isExemplar: boolean, first: number): void {
    const { bytes, end, limits } = this;
    let count = first;
    if (first > 0) this.scanSeparator();
    for (;;) {
      this.skipBlanks();
      if (this.at < end && bytes[this.at] === 125) {
        this.at += 1;
        this.labelCount = count;
        return;
      }
      if (count >= limits.maxLabels) throw limitError(this, `at most ${limits.maxLabels} labels`);
      if (this.scanLabel(count, isExemplar)) count += 1;
      this.scanSeparator();
      this.checkLength();
    }
  }

  /** Passes what stands behind a label. */
  private scanSeparator(): void {
    this.skipBlanks();
    if (this.at < this.end && this.bytes[this.at] === 44) this.at += 1;
    else if (!this.hasBlanks && (this.at >= this.end || this.bytes[this.at] !== 125)) {
      throw this.syntaxError('a comma or a closing brace');
    }
  }

  protected checkLength(): void {
    if (this.at - this.entryStart > this.limits.maxLineBytes) {
      throw limitError(this, `at most ${this.limits.maxLineBytes} bytes a line`);
    }
  }

  /** Passes a label, or the metric's name in quotes: false. */
  private scanLabel(index: number, isExemplar: boolean): boolean {
    const { bytes, end, labels } = this;
    const start = this.at;
    const isQuoted = start < end && bytes[start] === 34;
    if (isQuoted) {
      if (!scanQuoted(this, isExemplar ? STRICT : NAME_RULE))
        throw this.syntaxError('a label name');
    } else this.scanLabelName();
    const nameStart = isQuoted ? start + 1 : start;
    const nameEnd = isQuoted ? this.at - 1 : this.at;
    this.skipBlanks();
    const next = this.at < end ? bytes[this.at] : 0;
    if (isQuoted && !isExemplar && (next === 44 || next === 125)) {
      this.takeQuotedName(nameStart, nameEnd);
      return false;
    }
    if (next !== 61) throw this.syntaxError('an equals sign');
    this.at += 1;
    // Upstream takes exemplars with any labels.
    if (!isExemplar) this.checkLabelName(nameStart, nameEnd, index);
    const field = index * LABEL_FIELDS;
    labels[field] = nameStart;
    labels[field + 1] = nameEnd;
    this.skipBlanks();
    this.scanLabelValue(field, isExemplar);
    return true;
  }

  private takeQuotedName(start: number, end: number): void {
    if (this.nameStart !== -1) {
      throw this.syntaxError('a label, since the metric already has a name');
    }
    this.nameStart = start;
    this.nameEnd = end;
  }

  private scanLabelName(): void {
    const { bytes, end } = this;
    let { at } = this;
    if (at >= end || !isClass(bytes, at, BYTE.labelStart)) throw this.syntaxError('a label name');
    do at += 1;
    while (at < end && isClass(bytes, at, BYTE.label));
    this.at = at;
  }

  private scanLabelValue(field: number, isExemplar: boolean): void {
    const start = this.at;
    const rule = isExemplar ? STRICT : this.hasBlanks ? ANY_TEXT : LINE_TEXT;
    if (!scanQuoted(this, rule)) throw this.syntaxError('a label value in double quotes');
    if (this.hasHighBytes) this.checkUtf8(start, this.at, 'a label value');
    this.labels[field + 2] = start + 1;
    this.labels[field + 3] = this.at - 1;
  }

  /** A label's name must be one, and come once. */
  private checkLabelName(start: number, end: number, index: number): void {
    if (start === end) throw this.syntaxError('a label with a name');
    if (end - start === 8 && isReservedName(this.bytes, start)) {
      throw this.syntaxError('the name outside of the labels');
    }
    const { bytes, labels } = this;
    for (let field = 0; field < index * LABEL_FIELDS; field += LABEL_FIELDS) {
      const other = labels[field] ?? 0;
      if ((labels[field + 1] ?? 0) - other !== end - start) continue;
      if (isSame(bytes, other, start, end - start)) throw this.syntaxError('each label only once');
    }
  }

  /** Passes the number up to the token's end. */
  protected scanNumber(): number {
    const value = readNumber(this);
    // A tab or a brace ends a number in text only.
    const next = this.at < this.end && !this.hasBlanks ? this.bytes[this.at] : 0;
    if (value !== undefined && next !== 9 && next !== 123) return value;
    throw this.syntaxError('a number');
  }

  protected checkUtf8(start: number, end: number, what: string): void {
    if (isValidUtf8(this.bytes, start, end)) return;
    this.at = start;
    throw this.syntaxError(`${what} in UTF-8`);
  }
}

function isClass(bytes: Uint8Array, at: number, bit: number): boolean {
  return ((BYTE_CLASS[bytes[at] ?? 0] ?? 0) & bit) !== 0;
}

function isSame(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let offset = 0; offset < length; offset += 1) {
    if (bytes[a + offset] !== bytes[b + offset]) return false;
  }
  return true;
}

const RESERVED_NAME = Uint8Array.from('__name__', (character) => character.charCodeAt(0));

function isReservedName(bytes: Uint8Array, start: number): boolean {
  for (let offset = 0; offset < RESERVED_NAME.length; offset += 1) {
    if (bytes[start + offset] !== RESERVED_NAME[offset]) return false;
  }
  return true;
}

/** How many bytes are the same at both places, at most `most`; perhaps a few more are. */
function commonBytes(view: DataView, a: number, b: number, most: number): number {
  let length = 0;
  while (length <= most - 8) {
    const word = view.getFloat64(a + length, true);
    // Zeros are equal whatever their sign.
    if (word !== view.getFloat64(b + length, true) || word === 0) break;
    length += 8;
  }
  const end = Math.min(most, length + 8);
  while (length < end && view.getUint8(a + length) === view.getUint8(b + length)) length += 1;
  return length;
}
