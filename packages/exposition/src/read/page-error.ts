import { BellowsError } from '@bellows/core';
import { decodePage } from './decode-page.ts';

/** Where a scanner is when something is wrong. */
export interface PagePlace {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly at: number;
  readonly entryStart: number;
  readonly windowStart: number;
  readonly firstLine: number;
}

/** How much of the page a message quotes, in bytes. */
const QUOTED_BYTES = 20;

/** The error for something else than `expected` at the place. */
export function syntaxError(place: PagePlace, expected: string): BellowsError {
  const { bytes, at, end, entryStart } = place;
  const stretch = decodePage(bytes.subarray(at, Math.min(end, at + QUOTED_BYTES)));
  const got = stretch.split('\n', 1)[0] ?? '';
  const found = got === '' ? 'the end of the line' : JSON.stringify(got);
  return new BellowsError('ERR_EXPOSITION_SYNTAX', `Expected ${expected}, got ${found}`, {
    place: { line: lineOf(place), column: at - entryStart + 1 },
    remedy:
      'Serve the page in the Prometheus text format or in OpenMetrics, as its Content-Type says.',
  });
}

/** The error for a page beyond a limit. */
export function limitError(place: PagePlace, limit: string): BellowsError {
  return new BellowsError('ERR_EXPOSITION_LIMIT', `Expected ${limit}, got more`, {
    place: { line: lineOf(place) },
    remedy: 'Expose less, or raise the limit.',
  });
}

/** The error for more lines of wanted series than are kept. */
export function seriesLimitError(place: PagePlace, maxSeries: number): BellowsError {
  const message = `Expected at most ${maxSeries} of the series asked for, got more`;
  return new BellowsError('ERR_EXPOSITION_SERIES', message, {
    place: { line: lineOf(place) },
    remedy: 'Expose fewer label values, or raise the limit.',
  });
}

/** Line of the entry, from 1. */
function lineOf({ bytes, entryStart, windowStart, firstLine }: PagePlace): number {
  return firstLine + countLineBreaks(bytes, windowStart, entryStart);
}

/** Line breaks from `start` up to `end`. */
export function countLineBreaks(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (bytes[at] === 10) count += 1;
  return count;
}
