import { describe, expect, test } from 'vitest';
import { PROFILE_1_37, type MetricReading, type MetricSpec } from '@bellows/hpa';
import { combineMetrics } from '../src/combine-metrics.ts';
import type { MetricContext } from '../src/metrics/metric-context.ts';
import { NOW_MS, readyPods } from './samples.ts';

const context: MetricContext = {
  namespace: 'default',
  currentReplicas: 3,
  statusReplicas: 3,
  pods: readyPods(3),
  tolerances: { downRatio: 0.1, upRatio: 0.1 },
  profile: PROFILE_1_37,
  nowMs: NOW_MS,
};
const queue = (name: string): MetricSpec => ({
  type: 'External',
  external: { metric: { name }, target: { type: 'AverageValue', averageValue: '1' } },
});
const total = (value: string): MetricReading => ({ kind: 'external', series: [value] });
const failed: MetricReading = { kind: 'failed', error: 'down' };

function combine(...entries: readonly (readonly [string, MetricReading])[]) {
  const specs = entries.map(([name]) => queue(name));
  return combineMetrics(
    context,
    specs,
    entries.map(([, reading]) => reading),
  );
}

describe('combineMetrics', () => {
  test('takes the highest proposal, and the first of equals', () => {
    expect(combine(['a', total('5')], ['b', total('7')], ['c', total('7')])).toMatchObject({
      proposal: { replicas: 7, metric: 'external metric b(nil)' },
      selected: 1,
      error: null,
    });
  });

  test('takes a metric without a reading for one that failed', () => {
    expect(combineMetrics(context, [queue('a')], [])).toMatchObject({
      proposal: null,
      error: expect.stringMatching(/external metrics API: not observed$/) as string,
    });
  });

  test('takes the last of several zeros', () => {
    expect(combine(['a', total('0')], ['b', total('0')]).proposal).toEqual({
      replicas: 0,
      metric: 'external metric b(nil)',
    });
  });

  test('holds or scales up with a failed metric, and reports the error', () => {
    const result = combine(['a', failed], ['b', total('7')]);
    expect(result.proposal?.replicas).toBe(7);
    expect(result.statuses[0]).toEqual({ type: '' });
    expect(result.error).toBe(
      'invalid metrics (1 invalid out of 2), first error is: failed to get a external metric value: ' +
        'failed to get a external metric: unable to get external metric default/a/nil: ' +
        'unable to fetch metrics from external metrics API: down',
    );
  });

  test('does not scale down with a failed metric', () => {
    expect(combine(['a', failed], ['b', total('1')])).toMatchObject({
      proposal: null,
      selected: 1,
    });
  });

  test('gives nothing where all failed', () => {
    expect(combine(['a', failed], ['b', failed])).toMatchObject({ proposal: null, selected: null });
  });
});
