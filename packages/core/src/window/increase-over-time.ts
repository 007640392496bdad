import { missing, observedNumber, type Missing, type Observed } from '../observed.ts';
import type { SampleWindow } from './sample-window.ts';
import { samplesInRange, type TimeRange } from './time-range.ts';

/** What {@link rateOverTime} looks at. */
export interface RateRange extends TimeRange {
  /**
   * Since when the place that holds the counter has been looked at, in milliseconds since the epoch. A counter
   * that turns up on a page later did not count before, and that time is divided by, too. Only the part inside
   * the window counts.
   *
   * @defaultValue the counter's first sample
   */
  readonly observedFromMs?: number;
}

/**
 * What a counter counted between its first and its last sample in the window; nothing is extrapolated to the
 * window's edges. Where a sample is lower than the one before, the counter was reset (its process restarted):
 * what it counted since is the value after the reset. Example: 100 at 0 s, 150 at 5 s, 20 at 10 s is an
 * increase of 50 + 20 = 70. What the first sample holds was counted before and is no part of it.
 *
 * @returns With the time of the last sample; missing when the window holds fewer than two samples.
 * @see prometheus/prometheus v2.42.0 promql/functions.go extrapolatedRate for the resets; the extrapolation
 *   there is left out
 */
export function increaseOverTime(samples: SampleWindow, range: TimeRange): Observed<number> {
  const spanned = increaseBetween(samples, range);
  if ('kind' in spanned) return spanned;
  return observedNumber(spanned.increase, spanned.lastAtMs);
}

/**
 * A counter's increase per second: {@link increaseOverTime} ÷ the time between these two samples.
 *
 * @returns With the time of the last sample; missing when the window holds fewer than two samples.
 */
export function rateOverTime(samples: SampleWindow, range: RateRange): Observed<number> {
  const spanned = increaseBetween(samples, range);
  if ('kind' in spanned) return spanned;
  const { increase, firstAtMs, lastAtMs } = spanned;
  const { nowMs, windowMs, observedFromMs = firstAtMs } = range;
  const fromMs = Math.min(firstAtMs, Math.max(observedFromMs, nowMs - windowMs));
  return observedNumber(increase / ((lastAtMs - fromMs) / 1000), lastAtMs);
}

function increaseBetween(
  samples: SampleWindow,
  range: TimeRange,
): { readonly increase: number; readonly firstAtMs: number; readonly lastAtMs: number } | Missing {
  const { first, end } = samplesInRange(samples, range);
  if (end - first < 2) return missing(`fewer than two samples in ${range.windowMs / 1000} s`);
  let increase = 0;
  let before = samples.value(first);
  for (let index = first + 1; index < end; index += 1) {
    const value = samples.value(index);
    increase += value < before ? Math.max(0, value) : value - before;
    before = value;
  }
  return { increase, firstAtMs: samples.atMs(first), lastAtMs: samples.atMs(end - 1) };
}
