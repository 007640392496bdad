import type { MetricType } from '../metric-family.ts';
import { decodePage } from './decode-page.ts';
import { ENTRY, EntryScanner, type Entry } from './entry-scanner.ts';
import { isSame } from './same-bytes.ts';

const TYPES: ReadonlySet<string> = new Set([
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
]);
const KEYWORDS: readonly (readonly [word: string, entry: Entry])[] = [
  ['HELP ', ENTRY.help],
  ['TYPE ', ENTRY.type],
  ['UNIT ', ENTRY.unit],
];

/** int64 in milliseconds: beyond it upstream's answer depends on the processor. */
const MAX_TIMESTAMP_MS = 2 ** 63;

/** The parts of an exemplar that a sample's line ends with. */
export interface ScannedExemplar {
  /** As `EntryScanner.labels`. */
  readonly labels: readonly number[];
  readonly labelCount: number;
  readonly value: number;
  /** NaN where the line says none. */
  readonly timestampMs: number;
}

/**
 * OpenMetrics 1.0, as Prometheus 3 reads it.
 *
 * @see prometheus/prometheus v0.316.0 model/textparse/openmetricslex.l and openmetricsparse.go
 */
export class OpenMetricsScanner extends EntryScanner {
  protected readonly hasBlanks = false;
  /** That of the last sample; undefined where it has none. */
  exemplar: ScannedExemplar | undefined;

  next(): Entry {
    const { at, bytes, end } = this;
    this.entryStart = at;
    if (this.isBroken) throw this.syntaxError('the end of the line');
    if (this.isOver) {
      this.skipNuls();
      if (this.at >= end) return ENTRY.end;
      // What is wrong is the line before, which was not the last one.
      this.firstLine -= 1;
      throw this.syntaxError('nothing after # EOF');
    }
    if (at >= end) {
      if (this.isLast) throw this.syntaxError('# EOF at the end of the page');
      return ENTRY.end;
    }
    if (bytes[at] === 35) return this.scanMeta();
    this.scanSample();
    return ENTRY.sample;
  }

  private scanSample(): void {
    this.scanSeries();
    this.takeSpace('a blank and a number');
    this.scanValue();
  }

  scanValue(): void {
    this.valueStart = this.at;
    this.exemplar = undefined;
    this.value = this.scanNumber();
    this.timestampMs = Number.NaN;
    this.scanSuffix();
    this.checkLength();
  }

  /** What follows the value. */
  private scanSuffix(): void {
    const { bytes, end } = this;
    if (this.at >= end) throw this.syntaxError('# EOF at the end of the page');
    if (this.hasToken()) {
      this.timestampMs = this.scanSeconds();
      if (this.at < end && bytes[this.at] !== 10 && !this.isExemplarNext()) {
        throw this.syntaxError('an exemplar or the end of the line');
      }
      if (this.at >= end) throw this.syntaxError('# EOF at the end of the page');
    }
    if (this.isExemplarNext()) this.scanExemplar();
    else if (bytes[this.at] === 10) this.at += 1;
    else this.isBroken = true;
  }

  private scanExemplar(): void {
    const { labelCount, bytes, end } = this;
    const labels = this.labels.slice(0, labelCount * 4);
    this.at += 4;
    this.scanLabels(true, 0);
    const ofExemplar = { labels: this.labels.slice(), labelCount: this.labelCount };
    for (const [index, place] of labels.entries()) this.labels[index] = place;
    this.labelCount = labelCount;
    this.takeSpace('a blank and a number');
    const value = this.scanNumber();
    const timestampMs = this.hasToken() ? this.scanSeconds() : Number.NaN;
    this.exemplar = { ...ofExemplar, value, timestampMs };
    if (this.at >= end || bytes[this.at] !== 10) throw this.syntaxError('the end of the line');
    this.at += 1;
  }

  /** Whether ` # {` comes next. */
  private isExemplarNext(): boolean {
    const { bytes, at, end } = this;
    return (
      at + 3 < end &&
      bytes[at] === 32 &&
      bytes[at + 1] === 35 &&
      bytes[at + 2] === 32 &&
      bytes[at + 3] === 123
    );
  }

  /** Whether a blank and a token come next. ` # ` begins an exemplar for upstream's lexer, which never goes back. */
  private hasToken(): boolean {
    const { bytes, at, end } = this;
    if (at + 1 >= end || bytes[at] !== 32) return false;
    const next = bytes[at + 1];
    if (next === 35 && at + 2 < end && bytes[at + 2] === 32) return false;
    return next !== 32 && next !== 10 && next !== 0;
  }

  private scanSeconds(): number {
    this.at += 1;
    const timestampMs = Math.trunc(this.scanNumber() * 1000);
    if (Math.abs(timestampMs) < MAX_TIMESTAMP_MS) return timestampMs;
    throw this.syntaxError('a timestamp in seconds');
  }

  private takeSpace(expected: string): void {
    if (this.at >= this.end || this.bytes[this.at] !== 32) throw this.syntaxError(expected);
    this.at += 1;
  }

  /** A line that starts with `#`: metadata or the end. */
  private scanMeta(): Entry {
    const { bytes, end } = this;
    const start = this.at;
    const word = decodePage(bytes.subarray(start, Math.min(end, start + 7)));
    if (word.startsWith('# EOF')) return this.scanEnd(start + 5);
    const [keyword, entry] = KEYWORDS.find(([name]) => word === `# ${name}`) ?? [];
    if (keyword === undefined || entry === undefined) {
      throw this.syntaxError('# HELP, # TYPE, # UNIT, # EOF or a sample');
    }
    this.at = start + 7;
    this.scanMetadataName();
    this.takeSpace('a blank after the metric name');
    this.textStart = this.at;
    while (this.at < end && bytes[this.at] !== 10) this.at += 1;
    if (this.at >= end) throw this.syntaxError('a line break');
    this.textEnd = this.at;
    this.at += 1;
    this.checkMetadata(entry);
    this.checkLength();
    return entry;
  }

  /** Upstream's lexer passes NULs around the last line break. */
  private scanEnd(start: number): Entry {
    this.at = start;
    this.skipNuls();
    if (this.at < this.end && this.bytes[this.at] === 10) this.at += 1;
    this.skipNuls();
    if (this.at < this.end) throw this.syntaxError('nothing after # EOF');
    this.isOver = true;
    return ENTRY.end;
  }

  private skipNuls(): void {
    while (this.at < this.end && this.bytes[this.at] === 0) this.at += 1;
  }

  private checkMetadata(entry: Entry): void {
    const { bytes, textStart, textEnd } = this;
    if (entry === ENTRY.help) this.checkUtf8(textStart, textEnd, 'a HELP text');
    else if (entry === ENTRY.unit) this.checkUnit();
    else {
      const type = textEnd - textStart > 20 ? '' : decodePage(bytes.subarray(textStart, textEnd));
      if (!isOpenMetricsType(type)) {
        this.at = textStart;
        throw this.syntaxError(`one of the types ${[...TYPES].join(', ')}`);
      }
      this.type = type;
    }
  }

  /** A unit must be what the family's name ends in, after an underscore. */
  private checkUnit(): void {
    const { bytes, textStart, textEnd, nameStart, nameEnd } = this;
    const length = textEnd - textStart;
    if (length === 0) return;
    const start = nameEnd - length;
    const isSuffix =
      start > nameStart && bytes[start - 1] === 95 && isSame(bytes, start, textStart, length);
    if (isSuffix) return;
    this.at = textStart;
    throw this.syntaxError('a unit that the metric name ends in');
  }
}

function isOpenMetricsType(type: string): type is MetricType {
  return TYPES.has(type);
}
