import { BYTE, BYTE_CLASS } from './byte-class.ts';
import { LineCursor } from './line-cursor.ts';
import { limitError } from './page-error.ts';
import { commonBytes, isSame } from './same-bytes.ts';
import { scanQuoted } from './scan-quoted.ts';

const NAME_RULE = { nul: false, lineBreak: true };
const ANY_TEXT = { nul: true, lineBreak: true };
const LINE_TEXT = { nul: true, lineBreak: false };
const STRICT = { nul: false, lineBreak: false };

/** Numbers that {@link SeriesScanner.labels} holds for each label. */
export const LABEL_FIELDS = 4;

/** Finds the parts of a series, its name and labels, as places in the bytes. */
export abstract class SeriesScanner extends LineCursor {
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

  override open(bytes: Uint8Array, start: number, end: number): void {
    super.open(bytes, start, end);
    this.seriesStart = -1;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
}

function isClass(bytes: Uint8Array, at: number, bit: number): boolean {
  return ((BYTE_CLASS[bytes[at] ?? 0] ?? 0) & bit) !== 0;
}

const RESERVED_NAME = Uint8Array.from('__name__', (character) => character.charCodeAt(0));

function isReservedName(bytes: Uint8Array, start: number): boolean {
  for (let offset = 0; offset < RESERVED_NAME.length; offset += 1) {
    if (bytes[start + offset] !== RESERVED_NAME[offset]) return false;
  }
  return true;
}
