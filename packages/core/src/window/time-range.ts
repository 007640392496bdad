import type { SampleWindow } from './sample-window.ts';

/** The part of a window that a function looks at: from `nowMs - windowMs` to `nowMs`, both ends included. */
export interface TimeRange {
  /** Now, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** How far back samples count, in milliseconds. More than 0. */
  readonly windowMs: number;
}

/** Indices of the samples in a range, first included, last not; empty when they are equal. */
export function samplesInRange(
  samples: SampleWindow,
  { nowMs, windowMs }: TimeRange,
): { readonly first: number; readonly end: number } {
  const first = samples.indexFrom(nowMs - windowMs);
  let end = samples.length;
  while (end > first && samples.atMs(end - 1) > nowMs) end -= 1;
  return { first, end };
}
