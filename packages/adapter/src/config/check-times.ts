import { formatPrometheusDuration } from '@bellows/core';
import type { FieldPath, ObjectReport } from '@bellows/manifest/reading';

/** Least and greatest of each, in milliseconds. */
const BOUNDS = {
  interval: [100, 3_600_000],
  timeout: [100, 300_000],
  staleAfter: [500, 86_400_000],
} as const;

/** Reports times of a source, in milliseconds, that no server should live with. */
export function checkTimes(
  times: Partial<Readonly<Record<keyof typeof BOUNDS, number>>>,
  path: FieldPath,
  report: ObjectReport,
): void {
  for (const name of Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]) {
    const value = times[name];
    if (value === undefined) continue;
    const [least, most] = BOUNDS[name];
    if (value >= least && value <= most) continue;
    report.reject(
      path.child(name),
      `Expected a time from ${formatPrometheusDuration(least)} to ${formatPrometheusDuration(most)}, got ${formatPrometheusDuration(value)}`,
    );
  }
  const { interval, staleAfter } = times;
  if (interval !== undefined && staleAfter !== undefined && staleAfter < interval) {
    report.reject(
      path.child('staleAfter'),
      'Expected at least the interval: each value would be too old before the next one came',
      'Write several times the interval.',
    );
  }
}
