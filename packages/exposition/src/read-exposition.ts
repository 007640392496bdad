import { decodePage, isValidUtf8 } from './decode-page.ts';
import { DEFAULT_EXPOSITION_LIMITS, type ExpositionLimits } from './exposition-limits.ts';
import { normalizeBound, parseFloatText } from './float-text.ts';
import type { MetricType, Sample } from './metric-family.ts';
import {
  limitError,
  skipBlanks,
  syntaxError,
  take,
  takeCharacter,
  takeQuoted,
  type PageCursor,
} from './page-cursor.ts';
import { readLabels } from './read-labels.ts';

/** A `# TYPE` line. */
export interface TypeEvent {
  /** Tells the events apart. */
  readonly kind: 'type';
  /** The family's name. */
  readonly name: string;
  /** The family's type, until another line says otherwise. */
  readonly type: MetricType;
}

/** A `# HELP` line. */
export interface HelpEvent {
  /** Tells the events apart. */
  readonly kind: 'help';
  /** The family's name. */
  readonly name: string;
  /** The text, with its escapes undone. */
  readonly text: string;
}

/** Any other line that starts with `#`. */
export interface CommentEvent {
  /** Tells the events apart. */
  readonly kind: 'comment';
  /** The line from its `#` on. */
  readonly text: string;
}

/** A line with a value. */
export interface SampleEvent {
  /** Tells the events apart. */
  readonly kind: 'sample';
  /** What the line says. */
  readonly sample: Sample;
}

/** What one line of a page says. */
export type ExpositionEvent = TypeEvent | HelpEvent | CommentEvent | SampleEvent;

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const META_KEYWORD = /(?:HELP|TYPE)[\t ]+/y;
const REST_OF_LINE = /[^\n]*/y;
const VALUE = /[^{ \t\n]+/y;
const DIGITS = /\d+/y;
const TYPES: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);

/**
 * Reads a page of the Prometheus text format 0.0.4 line by line, as Prometheus 3 does (quoted UTF-8 names,
 * `le` and `quantile` in OpenMetrics' spelling), but for blanks before a name, which upstream takes into it.
 *
 * @throws BellowsError `ERR_EXPOSITION_SYNTAX` with the line at the first line that is none, also for
 * a label that comes twice; `ERR_EXPOSITION_LIMIT` beyond `limits`. A scrape that throws is a failed scrape:
 * what was read before is not to be used.
 * @see prometheus/prometheus v0.316.0 model/textparse/promlex.l and promparse.go
 */
export function* readExposition(
  page: string | Uint8Array,
  limits: ExpositionLimits = {},
): Generator<ExpositionEvent, void, undefined> {
  const bounds = { ...DEFAULT_EXPOSITION_LIMITS, ...limits };
  const text = typeof page === 'string' ? page : decodePage(page);
  const cursor: PageCursor = { text, at: 0, line: 1, entryStart: 0 };
  let type: MetricType = 'untyped';
  let samples = 0;
  for (;;) {
    skipEmptyLines(cursor);
    const next = text[cursor.at];
    // Upstream's lexer takes NUL for the end of the page.
    if (next === undefined || next === '\0') return;
    checkLine(cursor, bounds.maxLineLength);
    let event: ExpositionEvent | undefined;
    if (next === '#') {
      event = readMeta(cursor);
      if (event === undefined) return;
      if (event.kind === 'type') type = event.type;
    } else {
      samples += 1;
      if (samples > bounds.maxSamples)
        throw limitError(cursor, `at most ${bounds.maxSamples} samples`);
      event = { kind: 'sample', sample: readSample(cursor, type, bounds) };
    }
    endLine(cursor);
    yield event;
  }
}

function skipEmptyLines(cursor: PageCursor): void {
  for (;;) {
    cursor.entryStart = cursor.at;
    skipBlanks(cursor);
    if (!takeCharacter(cursor, '\n')) return;
    cursor.line += 1;
  }
}

function checkLine(cursor: PageCursor, maxLineLength: number): void {
  const end = cursor.text.indexOf('\n', cursor.at);
  const length = (end === -1 ? cursor.text.length : end) - cursor.at;
  if (length > maxLineLength)
    throw limitError(cursor, `at most ${maxLineLength} characters a line`);
}

/** Passes the line's end and counts the lines of the entry: a label value may hold line breaks. */
function endLine(cursor: PageCursor): void {
  if (cursor.at < cursor.text.length && !takeCharacter(cursor, '\n')) {
    throw syntaxError(cursor, 'the end of the line');
  }
  for (let at = cursor.entryStart; at < cursor.at;) {
    const next = cursor.text.indexOf('\n', at);
    if (next === -1 || next >= cursor.at) break;
    cursor.line += 1;
    at = next + 1;
  }
}

/** A line that starts with `#`; undefined where a NUL in it ends the page. */
function readMeta(cursor: PageCursor): ExpositionEvent | undefined {
  const start = cursor.at;
  cursor.at += 1;
  skipBlanks(cursor);
  const hasBlanks = cursor.at > start + 1;
  const keyword = hasBlanks ? take(cursor, META_KEYWORD) : undefined;
  if (keyword !== undefined) return readMetadata(cursor, keyword.startsWith('TYPE'));
  const rest = take(cursor, REST_OF_LINE) ?? '';
  // Upstream's lexer passes NULs only inside of a comment that a blank has begun.
  if (hasBlanks ? rest.startsWith('\0') : rest.includes('\0')) return undefined;
  return { kind: 'comment', text: cursor.text.slice(start, cursor.at) };
}

function readMetadata(cursor: PageCursor, isType: boolean): ExpositionEvent {
  const quoted = takeQuoted(cursor) ?? take(cursor, NAME);
  if (quoted === undefined) throw syntaxError(cursor, 'a metric name');
  const name = quoted.startsWith('"') ? quoted.slice(1, -1) : quoted;
  const start = cursor.at;
  const rest = take(cursor, REST_OF_LINE) ?? '';
  // Upstream drops one byte after the name, whatever it is, and may leave half a character behind; blanks
  // alone are no text.
  if (/^(?:\0|[^\0-\x7f\udc80-\udcff])/u.test(rest)) {
    cursor.at = start;
    throw syntaxError(cursor, 'a blank after the metric name');
  }
  const text = /^[ \t]*$/.test(rest) ? '' : rest.slice(1);
  if (isType) {
    if (isMetricType(text)) return { kind: 'type', name, type: text };
    cursor.at = start;
    throw syntaxError(cursor, 'one of the types counter, gauge, histogram, summary, untyped');
  }
  if (!isValidUtf8(text)) throw syntaxError(cursor, 'a HELP text in UTF-8');
  return { kind: 'help', name, text: text.includes('\\') ? unescapeHelp(text) : text };
}

function isMetricType(text: string): text is MetricType {
  return TYPES.has(text);
}

function unescapeHelp(text: string): string {
  return text.replace(/\\([\\n])/g, (_, character: string) => (character === 'n' ? '\n' : '\\'));
}

function readSample(
  cursor: PageCursor,
  type: MetricType,
  bounds: Required<ExpositionLimits>,
): Sample {
  let name = take(cursor, NAME);
  skipBlanks(cursor);
  let labels: Record<string, string> = {};
  if (takeCharacter(cursor, '{')) {
    const read = readLabels(cursor, name, bounds);
    name = read.name;
    labels = read.labels;
  }
  if (name === undefined) throw syntaxError(cursor, 'a metric name');
  normalizeLabels(labels, type);
  skipBlanks(cursor);
  const start = cursor.at;
  const valueText = take(cursor, VALUE);
  const value = valueText === undefined ? undefined : parseFloatText(valueText);
  if (value === undefined) {
    cursor.at = start;
    throw syntaxError(cursor, 'a number');
  }
  skipBlanks(cursor);
  const timestampMs = readTimestamp(cursor);
  return timestampMs === undefined ? { name, labels, value } : { name, labels, value, timestampMs };
}

function readTimestamp(cursor: PageCursor): number | undefined {
  const start = cursor.at;
  const digits = take(cursor, DIGITS);
  if (digits === undefined) return undefined;
  const timestampMs = Number(digits);
  if (digits.length > 18 && BigInt(digits) >= 2n ** 63n) {
    cursor.at = start;
    throw syntaxError(cursor, 'a timestamp in milliseconds');
  }
  skipBlanks(cursor);
  return timestampMs;
}

function normalizeLabels(labels: Record<string, string>, type: MetricType): void {
  const bound = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : undefined;
  if (bound === undefined) return;
  const text = labels[bound];
  if (text !== undefined) labels[bound] = normalizeBound(text);
}
