import { missing, observed, type Observed } from '@bellows/core';
import { expect, test } from 'vitest';
import type { MetricSources } from '../../src/autoscaler/metric-readings.ts';
import { createMissingMetricWatch } from '../../src/signals/missing-metrics.ts';
import { autoscaler, NOW_MS, podStatus } from '../fixtures/objects.ts';

const withMetricsPort = {
  ports: [{ name: 'metrics', containerPort: 9090, protocol: 'TCP' as const }],
};
const pods = ['a', 'b'].map((name) => podStatus({ name, container: withMetricsPort }));

const sourcesOf = (value: Observed<number>): MetricSources => ({
  podMetric: () =>
    pods.map(({ metadata }) => ({
      podName: metadata.name,
      podUid: metadata.uid,
      value,
      windowSeconds: 0,
    })),
  podUsage: () => missing('none'),
  overrides: new Map(),
});
const refused = sourcesOf(missing('connection refused'));
const found = sourcesOf(observed(3, NOW_MS));

test('says why at the second look in a row, once, each reason with one of its pods', () => {
  const watch = createMissingMetricWatch(autoscaler());
  expect(watch.check(pods, refused, NOW_MS)).toEqual([]);
  expect(watch.check(pods, refused, NOW_MS)).toEqual([
    {
      type: 'Warning',
      reason: 'MetricMissing',
      message: 'no pod has queue_length: a: connection refused',
    },
  ]);
  expect(watch.check(pods, refused, NOW_MS)).toEqual([]);
});

test('says so again after the metric was there, or for another reason', () => {
  const watch = createMissingMetricWatch(autoscaler());
  const look = (sources: MetricSources): number => watch.check(pods, sources, NOW_MS).length;
  expect([look(refused), look(refused), look(found)]).toEqual([0, 1, 0]);
  expect([look(refused), look(refused)]).toEqual([0, 1]);
  expect(look(sourcesOf(missing('answered 404')))).toBe(1);
});

test('a pod that is not scraped says why it is not', () => {
  const watch = createMissingMetricWatch(autoscaler());
  const without = [podStatus({ name: 'c' })];
  const none = { ...refused, podMetric: () => [] };
  watch.check(without, none, NOW_MS);
  expect(watch.check(without, none, NOW_MS)[0]!.message).toMatch(
    /^no pod has queue_length: c: the pod names no metrics port/,
  );
});

test('says what to do where the pages lack the series', () => {
  const watch = createMissingMetricWatch(autoscaler());
  const sources = sourcesOf(missing('its page has no queue_length'));
  watch.check(pods, sources, NOW_MS);
  expect(watch.check(pods, sources, NOW_MS)[0]!.message).toMatch(
    /its page has no queue_length; expose the series .* bellows\.dev\/metrics$/,
  );
});

test('is silent without pods', () => {
  const watch = createMissingMetricWatch(autoscaler());
  watch.check([], refused, NOW_MS);
  expect(watch.check([], refused, NOW_MS)).toEqual([]);
});
