import { BellowsError } from '@bellows/core';
import type { ScraperOptions } from './scraper.ts';

/** The numbers of {@link ScraperOptions}, each set. */
export interface ScraperNumbers {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly staleAfterMs: number;
  readonly maxSeries: number;
  readonly maxBackOffMs: number;
}

/** Their defaults. */
const DEFAULTS: ScraperNumbers = {
  intervalMs: 1000,
  timeoutMs: 900,
  maxBytes: 4 * 1024 * 1024,
  staleAfterMs: 5000,
  maxSeries: 2000,
  maxBackOffMs: 10_000,
};

/** Longest time a timer can wait, in milliseconds; beyond, it would fire at once. */
const MAX_OPTION = 2 ** 31;

/**
 * Fills in what is left out.
 *
 * @throws {@link BellowsError} `ERR_CORE_ARGUMENT` for a number that is not above 0 and below 2³¹.
 */
export function normalizeOptions(options: ScraperOptions): ScraperNumbers {
  const normalized = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof ScraperNumbers)[]) {
    const value = options[name] ?? DEFAULTS[name];
    if (!(value > 0 && value < MAX_OPTION)) {
      throw new BellowsError(
        'ERR_CORE_ARGUMENT',
        `Expected \`${name}\` to be above 0 and below ${MAX_OPTION}, got ${value}`,
      );
    }
    normalized[name] = value;
  }
  return normalized;
}
