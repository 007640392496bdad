import { BellowsError } from '@bellows/core';
import { wholeSeconds } from './whole-seconds.ts';

/**
 * Reads a time of the observation as the controller sees it, cut to whole seconds.
 *
 * @param timeMs - Milliseconds since the epoch.
 * @param field - What the time is, for the error.
 * @param pod - Whose it is; undefined for none.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if it is not finite.
 */
export function observedTimeMs(timeMs: number, field: string, pod?: string): number {
  return wholeSeconds(observedDurationMs(timeMs, field, pod));
}

/**
 * Reads a length of time of the observation.
 *
 * @param field - What it is, for the error.
 * @param pod - Whose it is; undefined for none.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if it is not finite.
 */
export function observedDurationMs(durationMs: number, field: string, pod?: string): number {
  if (Number.isFinite(durationMs)) return durationMs;
  const place = pod === undefined ? field : `${field} of pod ${pod}`;
  throw new BellowsError(
    'ERR_HPA_OBSERVATION',
    `Expected ${place} to be a finite number of milliseconds, got ${String(durationMs)}`,
    { place: { field: place }, remedy: 'Leave out what has no time.' },
  );
}
