import { expect, test } from 'vitest';
import { ScrapeTotals } from '../../src/self/scrape-totals.ts';

const target = { podName: 'a', podUid: 'a', url: 'http://a/metrics' };

test('every scrape counts, failed ones by reason, lateness in buckets', () => {
  const totals = new ScrapeTotals();
  const failure = { reason: 'status', message: 'answered 500, expected 200' } as const;
  for (const latenessSeconds of [0.001, 0.005, 0.15, 9]) {
    totals.add({ target, latenessSeconds, durationSeconds: 0, failure: undefined });
  }
  totals.add({ target, latenessSeconds: 0, durationSeconds: 0, failure });
  const samples = totals.families().flatMap((family) => family.samples);
  const valueOf = (name: string, labels: object = {}): number | undefined =>
    samples.find(
      (one) => one.name === name && JSON.stringify(one.labels) === JSON.stringify(labels),
    )?.value;
  expect(valueOf('bellows_scrapes_total')).toBe(5);
  expect(valueOf('bellows_scrape_failures_total', { reason: 'status' })).toBe(1);
  expect(valueOf('bellows_scrape_failures_total', { reason: 'timeout' })).toBe(0);
  const bucket = (le: string): number | undefined =>
    valueOf('bellows_scrape_lateness_seconds_bucket', { le });
  expect(['0.005', '0.1', '0.2', '5', '+Inf'].map(bucket)).toEqual([3, 3, 4, 4, 5]);
  expect(valueOf('bellows_scrape_lateness_seconds_count')).toBe(5);
  expect(valueOf('bellows_scrape_lateness_seconds_sum')).toBeCloseTo(9.156);
});
