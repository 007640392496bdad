import { missing, observedNumber, type Observed } from '../observed.ts';
import type { SampleWindow } from './sample-window.ts';
import { samplesInRange, type TimeRange } from './time-range.ts';

/**
 * Mean of the samples in the window, each counted alike, with the time of the last one; missing without one.
 *
 * @see prometheus/prometheus v2.42.0 promql/functions.go funcAvgOverTime
 */
export function averageOverTime(samples: SampleWindow, range: TimeRange): Observed<number> {
  return overTime(samples, range, (first, end) => {
    let mean = 0;
    // Step by step, so that no sum of large values overflows.
    for (let index = first; index < end; index += 1) {
      mean += (samples.value(index) - mean) / (index - first + 1);
    }
    return mean;
  });
}

/**
 * Greatest sample in the window, with the time of the last one; missing without one.
 *
 * @see prometheus/prometheus v2.42.0 promql/functions.go funcMaxOverTime
 */
export function maxOverTime(samples: SampleWindow, range: TimeRange): Observed<number> {
  return overTime(samples, range, (first, end) => {
    let max = -Infinity;
    for (let index = first; index < end; index += 1) max = Math.max(max, samples.value(index));
    return max;
  });
}

function overTime(
  samples: SampleWindow,
  range: TimeRange,
  compute: (first: number, end: number) => number,
): Observed<number> {
  const { first, end } = samplesInRange(samples, range);
  if (first === end) return missing(`no sample in ${range.windowMs / 1000} s`);
  return observedNumber(compute(first, end), samples.atMs(end - 1));
}
