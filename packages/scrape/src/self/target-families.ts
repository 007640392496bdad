import type { MetricFamily, Sample } from '@bellows/exposition';
import type { ScrapeTarget } from '../scraper.ts';
import type { TargetState } from '../target/target-state.ts';

/** A target and what became of its scrapes. */
export interface TargetReport {
  readonly target: ScrapeTarget;
  readonly state: TargetState;
}

/**
 * What there is to know of each target: whether it is up, how old its last page is, how long its last scrape
 * took and why it fails. A target that was not scraped yet has no series.
 */
export function targetFamilies(reports: readonly TargetReport[], nowMs: number): MetricFamily[] {
  const family = (
    name: string,
    help: string,
    valueOf: (state: TargetState) => number | undefined,
  ): MetricFamily => ({
    name,
    type: 'gauge',
    help,
    samples: reports.flatMap(({ target, state }) => {
      const value = valueOf(state);
      return value === undefined ? [] : [{ name, labels: labelsOf(target), value }];
    }),
  });
  return [
    family(
      'bellows_scrape_target_up',
      'Whether the last scrape of the target was good: 1 or 0.',
      ({ isUp }) => (isUp === undefined ? undefined : Number(isUp)),
    ),
    family(
      'bellows_scrape_target_sample_age_seconds',
      "Age of the target's last good page.",
      ({ lastPageAtMs }) =>
        lastPageAtMs === undefined ? undefined : Math.max(0, nowMs - lastPageAtMs) / 1000,
    ),
    family(
      'bellows_scrape_target_duration_seconds',
      'How long the last scrape of the target took, good or not.',
      ({ durationSeconds }) => durationSeconds,
    ),
    failingFamily(reports),
  ];
}

function failingFamily(reports: readonly TargetReport[]): MetricFamily {
  const name = 'bellows_scrape_target_failing';
  const samples = reports.flatMap(({ target, state }): Sample[] =>
    state.failure === undefined
      ? []
      : [{ name, labels: { ...labelsOf(target), reason: state.failure.reason }, value: 1 }],
  );
  return { name, type: 'gauge', help: 'Why the last scrape of the target failed: 1.', samples };
}

function labelsOf({ namespace, podName, url }: ScrapeTarget): Readonly<Record<string, string>> {
  return { ...(namespace !== undefined && { namespace }), pod: podName, url };
}
