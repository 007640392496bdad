import { ENTRY } from './entry-scanner.ts';
import { eventOfEntry } from './event-of-entry.ts';
import type { ExpositionEvent } from './exposition-event.ts';
import { createScanner, type ExpositionOptions } from './exposition-options.ts';
import { limitError } from './page-error.ts';
import { withStartTimestamps } from './start-timestamps.ts';

/** The part of the platform's encoder used here; every runtime of Bellows has it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/**
 * Reads a page of text 0.0.4, 1.0.0 or OpenMetrics line by line, as Prometheus 3 does (quoted UTF-8 names,
 * `le` and `quantile` in OpenMetrics' spelling), but for blanks before a name in text, which upstream takes into it.
 *
 * @throws BellowsError `ERR_EXPOSITION_SYNTAX` with the line at the first line that is none, also for
 * a label that comes twice; `ERR_EXPOSITION_LIMIT` beyond the limits. A scrape that throws is a failed scrape:
 * what was read before is not to be used.
 * @see prometheus/prometheus v0.316.0 model/textparse
 */
export function readExposition(
  page: string | Uint8Array,
  options: ExpositionOptions = {},
): Generator<ExpositionEvent, void, undefined> {
  const events = readEvents(page, options);
  const hasStart = options.startTimestamps === true && options.syntax === 'openmetrics';
  return hasStart ? withStartTimestamps(events) : events;
}

function* readEvents(
  page: string | Uint8Array,
  options: ExpositionOptions,
): Generator<ExpositionEvent, void, undefined> {
  const bytes = typeof page === 'string' ? new TextEncoder().encode(page) : page;
  const scanner = createScanner(options);
  scanner.open(bytes, 0, bytes.length);
  const { maxBodyBytes, maxSamples } = scanner.limits;
  if (bytes.length > maxBodyBytes) throw limitError(scanner, `at most ${maxBodyBytes} bytes`);
  for (let samples = 0; ;) {
    const entry = scanner.next();
    if (entry === ENTRY.sample) samples += 1;
    if (samples > maxSamples) throw limitError(scanner, `at most ${maxSamples} samples`);
    const event = eventOfEntry(scanner, entry);
    if (event === undefined) return;
    yield event;
  }
}
