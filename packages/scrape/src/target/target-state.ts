import type { ScrapeFailureReason } from './scrape-error.ts';

/** What became of the scrapes of a target. */
export interface TargetState {
  /** Whether the last scrape was good; undefined before the first is over. */
  readonly isUp: boolean | undefined;
  /** When the last good page was asked for, in milliseconds since the epoch. */
  readonly lastPageAtMs: number | undefined;
  /** How long the last scrape took, good or not, in seconds. */
  readonly durationSeconds: number | undefined;
  /** Why the last scrape failed. */
  readonly failure: TargetFailure | undefined;
}

/** A failed scrape. */
export interface TargetFailure {
  /** Which kind of failure. */
  readonly reason: ScrapeFailureReason;
  /** What was expected and what came: goes after the target's name. */
  readonly message: string;
}
