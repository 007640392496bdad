import type { PageReading } from '@bellows/exposition';
import { ScrapeError } from './scrape-error.ts';

/** A time stamp further ahead is a mistake and not a clock that differs, in milliseconds. */
const MAX_AHEAD_MS = 10_000;

/**
 * Refuses a page that says what has not been yet.
 *
 * @param atMs - When the page was asked for, in milliseconds since the epoch.
 * @throws {@link ScrapeError} for a time stamp more than 10 s later.
 */
export function checkTimestamps({ series, timestampsMs }: PageReading, atMs: number): void {
  if (timestampsMs === undefined) return;
  for (const [index, { name }] of series.entries()) {
    const aheadMs = (timestampsMs[index] ?? Number.NaN) - atMs;
    if (!(aheadMs > MAX_AHEAD_MS)) continue;
    throw new ScrapeError(
      'timestamp',
      `stamps ${name} ${Math.round(aheadMs / 1000)} s in the future`,
    );
  }
}
