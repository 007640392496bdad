import { BellowsError } from '@bellows/core';
import { readExposition } from '@bellows/exposition';
import { compareAnswers } from '../compare-answers.ts';
import { comparableEvent, recordedEvent } from '../exposition-event.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckResult, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

/** What a reader found: events in order, and the line of the error that ended it. */
interface Reading {
  readonly events: readonly Line[];
  readonly errorLine: number | undefined;
}

/** The recorded pages hold labels of a mebibyte and thousands of labels. */
const LIMITS = { maxLineLength: 2 ** 26, maxLabels: 2 ** 20, maxSamples: 2 ** 24 };

/**
 * Pages of text 0.0.4 as Prometheus reads them: see `vectors/formats/README.md`. Lines of `fmt` `om` are no
 * cases. Two things differ on purpose: blanks before a name do not become part of it, and a label that comes
 * twice is an error of the reader, not only of the scrape.
 */
export const expositionTextSuite: Suite = {
  name: 'exposition-text',
  about: 'reading the Prometheus text format 0.0.4',
  files: ['formats/exposition-text.jsonl'],
  open: () => checkLine,
};

function checkLine(line: Line): CheckResult {
  if (line['fmt'] === 'om') return 'no case';
  if (line['fmt'] !== 'prom') throw formError('fmt to be prom or om', line['fmt']);
  const { events, error } = recordedReading(line);
  const repeated = events.findIndex((event) => 'dup' in event);
  const got = ourReading(pageOf(line));
  if (repeated < 0) {
    return compareAnswers({ events, errorLine: error }, { ...got });
  }
  const refused = got.errorLine !== undefined;
  return compareAnswers(
    { events: events.slice(0, repeated), refused: true },
    { events: got.events, refused },
  );
}

function recordedReading(line: Line): { events: Line[]; error: number | undefined } {
  const prom = line['prom'] as { events?: Line[]; error?: { line: number } } | undefined;
  if (!Array.isArray(prom?.events)) throw formError('prom.events to be a list', prom);
  return { events: prom.events.map(comparableEvent), error: prom.error?.line };
}

function pageOf(line: Line): string | Uint8Array {
  if ('b64' in line) return Buffer.from(text(line, 'b64'), 'base64');
  if (!('parts' in line)) return text(line, 'input');
  const parts = line['parts'] as (readonly [piece: string, times: number])[];
  return parts.map(([piece, times]) => piece.repeat(times)).join('');
}

function ourReading(page: string | Uint8Array): Reading {
  const events: Line[] = [];
  try {
    for (const event of readExposition(page, LIMITS)) events.push(recordedEvent(event));
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    return { events, errorLine: error.place?.line ?? 0 };
  }
  return { events, errorLine: undefined };
}
