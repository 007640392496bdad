import { parseFloatText } from '../float-text.ts';
import type { MetricType } from '../metric-family.ts';
import { decodePage } from './decode-page.ts';
import { ENTRY, EntryScanner, type Entry } from './entry-scanner.ts';

const TYPES: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);
const HELP = Uint8Array.from('HELP', (character) => character.charCodeAt(0));
const TYPE = Uint8Array.from('TYPE', (character) => character.charCodeAt(0));

/**
 * Text 0.0.4 and 1.0.0, as Prometheus 3 reads it, but for blanks before a name, which upstream takes into it.
 *
 * @see prometheus/prometheus v0.316.0 model/textparse/promlex.l and promparse.go
 */
export class TextScanner extends EntryScanner {
  protected readonly hasBlanks = true;

  next(): Entry {
    this.skipEmptyLines();
    const { at, bytes } = this;
    // Upstream's lexer takes NUL for the end of the page.
    if (this.isOver || (at < this.end && bytes[at] === 0)) return this.endPage();
    if (at >= this.end) return ENTRY.end;
    if (bytes[at] === 35) return this.scanMeta();
    this.scanSample();
    return ENTRY.sample;
  }

  private endPage(): Entry {
    this.isOver = true;
    this.at = this.end;
    return ENTRY.end;
  }

  private skipEmptyLines(): void {
    const { bytes, end } = this;
    let { at } = this;
    for (; at < end; at += 1) {
      const byte = bytes[at];
      if (byte !== 10 && byte !== 32 && byte !== 9) break;
    }
    this.at = at;
    this.entryStart = at;
  }

  private scanSample(): void {
    this.scanSeries();
    this.skipBlanks();
    this.scanValue();
  }

  scanValue(): void {
    const { bytes, end } = this;
    this.valueStart = this.at;
    this.value = this.scanNumber();
    this.timestampMs = Number.NaN;
    if (bytes[this.at] === 10 && this.at < end) this.at += 1;
    else {
      this.skipBlanks();
      this.scanTimestamp();
      this.endLine();
    }
    this.checkLength();
  }

  private scanTimestamp(): void {
    const { bytes, end, at: start } = this;
    let at = start;
    while (at < end && isDigit(bytes[at] ?? 0)) at += 1;
    if (at === start) return;
    let first = start;
    while (first < at - 1 && bytes[first] === 48) first += 1;
    const text = at - first > 20 ? '' : decodePage(bytes.subarray(first, at));
    const timestampMs = parseFloatText(text);
    if (timestampMs === undefined || (text.length > 18 && BigInt(text) >= 2n ** 63n)) {
      throw this.syntaxError('a timestamp in milliseconds');
    }
    this.timestampMs = timestampMs;
    this.at = at;
    this.skipBlanks();
  }

  private endLine(): void {
    if (this.at >= this.end) return;
    if (this.bytes[this.at] !== 10) throw this.syntaxError('the end of the line');
    this.at += 1;
  }

  /** A line that starts with `#`. */
  private scanMeta(): Entry {
    const { bytes, end } = this;
    const start = this.at;
    this.at += 1;
    this.skipBlanks();
    const hasBlanks = this.at > start + 1;
    const keyword = hasBlanks ? this.takeKeyword() : undefined;
    if (keyword !== undefined) return this.scanMetadata(keyword);
    const rest = this.at;
    let at = rest;
    while (at < end && bytes[at] !== 10) {
      // Upstream's lexer passes NULs only inside of a comment that a blank has begun.
      if (bytes[at] === 0 && (!hasBlanks || at === rest)) return this.endPage();
      at += 1;
    }
    this.textStart = start;
    this.finishMeta(at);
    return ENTRY.comment;
  }

  private takeKeyword(): Entry | undefined {
    const { bytes, end, at } = this;
    if (at + 4 >= end || (bytes[at + 4] !== 32 && bytes[at + 4] !== 9)) return undefined;
    const entry = isAt(bytes, at, HELP)
      ? ENTRY.help
      : isAt(bytes, at, TYPE)
        ? ENTRY.type
        : undefined;
    if (entry === undefined) return undefined;
    this.at = at + 4;
    this.skipBlanks();
    return entry;
  }

  private scanMetadata(entry: Entry): Entry {
    const { bytes, end } = this;
    this.scanMetadataName();
    const start = this.at;
    let at = start;
    let isBlank = true;
    for (; at < end && bytes[at] !== 10; at += 1) {
      if (bytes[at] !== 32 && bytes[at] !== 9) isBlank = false;
    }
    // Upstream drops one byte after the name, whatever it is, but for NUL; blanks alone are no text.
    if (!isBlank && bytes[start] === 0) throw this.syntaxError('a blank after the metric name');
    this.textStart = isBlank ? at : start + 1;
    if (entry === ENTRY.type) this.type = this.typeAt(at);
    else this.checkUtf8(this.textStart, at, 'a HELP text');
    this.finishMeta(at);
    return entry;
  }

  private finishMeta(lineEnd: number): void {
    this.textEnd = lineEnd;
    this.at = lineEnd < this.end ? lineEnd + 1 : lineEnd;
    this.checkLength();
  }

  private typeAt(end: number): MetricType {
    const type =
      end - this.textStart > 20 ? '' : decodePage(this.bytes.subarray(this.textStart, end));
    if (isTextType(type)) return type;
    throw this.syntaxError('one of the types counter, gauge, histogram, summary, untyped');
  }
}

function isTextType(type: string): type is MetricType {
  return TYPES.has(type);
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** Whether the word stands there; the bytes go on behind it. */
export function isAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let offset = 0; offset < word.length; offset += 1) {
    if (bytes[at + offset] !== word[offset]) return false;
  }
  return true;
}
