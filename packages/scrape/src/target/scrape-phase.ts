import { createHash } from 'node:crypto';

/**
 * Where in the interval a target is scraped: the same place for the same target always, and different
 * targets spread over the interval.
 *
 * @param identity - What tells one target from another.
 * @returns 0 to below `intervalMs`.
 * @see prometheus/prometheus v3.5.0 scrape/target.go Target.offset
 */
export function scrapePhaseMs(identity: string, intervalMs: number): number {
  return createHash('sha256').update(identity).digest().readUInt32BE() % intervalMs;
}

/**
 * The next time that has a place in the interval.
 *
 * @returns After `nowMs`, at most `intervalMs` later.
 */
export function nextDueMs(nowMs: number, phaseMs: number, intervalMs: number): number {
  return nowMs + intervalMs - ((((nowMs - phaseMs) % intervalMs) + intervalMs) % intervalMs);
}
