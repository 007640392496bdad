import { BellowsError } from '@bellows/core';
import { readExposition, type ExpositionOptions } from '@bellows/exposition';
import { compareAnswers } from './compare-answers.ts';
import { OVERFLOWN_MS, recordedEvent } from './exposition-event.ts';
import type { Mismatch } from './suite.ts';

type Line = Readonly<Record<string, unknown>>;

/** What a reader found: events in order, and the line of the error that ended it. */
export interface Reading {
  readonly events: readonly Line[];
  readonly errorLine: number | undefined;
}

/** Compares what was recorded with ours; where ours refuses on purpose, only up to there. */
export function compareReadings(recorded: Reading, got: Reading): Mismatch[] {
  const refused = recorded.events.findIndex(isRefused);
  if (refused < 0) return compareAnswers({ ...recorded }, { ...got });
  return compareAnswers(
    { events: recorded.events.slice(0, refused), refused: true },
    { events: got.events, refused: got.errorLine !== undefined },
  );
}

function isRefused(event: Line): boolean {
  const exemplar = event['e'] as Line | undefined;
  return 'dup' in event || event['t'] === OVERFLOWN_MS || exemplar?.['t'] === OVERFLOWN_MS;
}

/** What our reader says of a page, in the form of the recorded answers. */
export function ourReading(page: string | Uint8Array, options: ExpositionOptions): Reading {
  const events: Line[] = [];
  try {
    for (const event of readExposition(page, options)) events.push(recordedEvent(event));
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    return { events, errorLine: error.place?.line ?? 0 };
  }
  return { events, errorLine: undefined };
}
