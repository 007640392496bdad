import { comparableEvent } from '../exposition-event.ts';
import { compareReadings, ourReading, type Reading } from '../exposition-reading.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckResult, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

/** The recorded pages hold labels of a mebibyte and thousands of labels. */
const LIMITS = {
  maxBodyBytes: 2 ** 28,
  maxLineBytes: 2 ** 26,
  maxLabels: 2 ** 20,
  maxSamples: 2 ** 24,
};

/**
 * Pages of text 0.0.4 and OpenMetrics as Prometheus reads them: see `vectors/formats/README.md`. Three things differ on
 * purpose: blanks before a name do not become part of it, a label that comes twice is an error of the reader, not only
 * of the scrape, and so is a time beyond int64.
 */
export const expositionTextSuite: Suite = {
  name: 'exposition-text',
  about: 'reading text 0.0.4 and OpenMetrics',
  files: ['formats/exposition-text.jsonl'],
  open: () => checkLine,
};

function checkLine(line: Line): CheckResult {
  if (line['fmt'] !== 'om' && line['fmt'] !== 'prom') {
    throw formError('fmt to be prom or om', line['fmt']);
  }
  const options = { ...LIMITS, syntax: line['fmt'] === 'om' ? 'openmetrics' : 'text' } as const;
  const page = pageOf(line);
  const mismatches = compareReadings(recordedReading(line, 'prom'), ourReading(page, options));
  if (!('created' in line)) return mismatches;
  const withStart = ourReading(page, { ...options, startTimestamps: true });
  const created = compareReadings(recordedReading(line, 'created'), withStart);
  return [
    ...mismatches,
    ...created.map((mismatch) => ({ ...mismatch, field: `created.${mismatch.field}` })),
  ];
}

function recordedReading(line: Line, key: string): Reading {
  const recorded = line[key] as { events?: Line[]; error?: { line: number } } | Line[] | undefined;
  const events = Array.isArray(recorded) ? recorded : recorded?.events;
  if (!Array.isArray(events)) throw formError(`${key}.events to be a list`, recorded);
  const error = Array.isArray(recorded) ? undefined : recorded?.error;
  return { events: events.map(comparableEvent), errorLine: error?.line };
}

function pageOf(line: Line): string | Uint8Array {
  if ('b64' in line) return Buffer.from(text(line, 'b64'), 'base64');
  if (!('parts' in line)) return text(line, 'input');
  const parts = line['parts'] as (readonly [piece: string, times: number])[];
  return parts.map(([piece, times]) => piece.repeat(times)).join('');
}
