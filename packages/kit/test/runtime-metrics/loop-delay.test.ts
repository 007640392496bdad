import { expect, test } from 'vitest';
import { MetricsView } from '../../src/admin/metrics-view.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';
import { LOOP_DELAY_INTERVAL_MS, LoopDelaySampler } from '../../src/runtime-metrics/loop-delay.ts';

/** Samples at these times; the first is due one interval after 0. */
function countsAfter(timesMs: readonly number[]): { count: number; sum: number; max: number } {
  const registry = new MetricRegistry(10);
  const sampler = new LoopDelaySampler(registry);
  for (const timeMs of timesMs) sampler.sample(timeMs);
  const view = new MetricsView(registry.journal.entries);
  const samples = [...view.families(0)].flatMap((family) => family.samples);
  const read = (name: string): number =>
    samples.find((sample) => sample.name.endsWith(name))!.value;
  const max = sampler.families().find(({ name }) => name.includes('_max_'))!.samples[0]!.value;
  return { count: read('_count'), sum: read('_sum'), max };
}

test('a timer on time counts as no delay', () => {
  const times = [1, 2, 3].map((turn) => turn * LOOP_DELAY_INTERVAL_MS);
  expect(countsAfter([0, ...times])).toEqual({ count: 4, sum: 0, max: 0 });
});

test('a long turn counts once for each sample that it kept from being taken', () => {
  const { count, sum, max } = countsAfter([0, LOOP_DELAY_INTERVAL_MS + 1000]);
  const expected = 1000 / LOOP_DELAY_INTERVAL_MS;
  expect(count).toBe(1 + expected);
  expect(max).toBe(1);
  // Each of them would have waited for what was left: 1 s, 0.95 s, … on average a bit more than half.
  expect(sum / expected).toBeCloseTo((1 + LOOP_DELAY_INTERVAL_MS / 1000) / 2, 6);
});
