import { describe, expect, test } from 'vitest';
import type { LabelSelector } from '@bellows/core';
import type { MetricSpec } from '@bellows/hpa';
import { computePodsMetric } from '../../src/metrics/pods-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';
import { podsReading } from '../samples.ts';

const pods = (selector?: LabelSelector): MetricSpec => ({
  type: 'Pods',
  pods: {
    metric: { name: 'rps', ...(selector && { selector }) },
    target: { type: 'Value', averageValue: '10' },
  },
});
const compute = (spec: MetricSpec, reading = podsReading(3, '20')) =>
  computePodsMetric(metricContext(), metricInput(spec, reading));

describe('computePodsMetric', () => {
  test('averages the pods’ values', () => {
    expect(compute(pods())).toMatchObject({
      ok: true,
      replicas: 6,
      metric: 'pods metric rps',
      status: { type: 'Pods', pods: { metric: { name: 'rps' }, current: { averageValue: '20' } } },
    });
  });

  test.each([
    [FAILED, 'unable to get metric rps: unable to fetch metrics from custom metrics API: down'],
    [podsReading(0, '1'), 'unable to get metric rps: no metrics returned from custom metrics API'],
  ])('words a failure as upstream', (reading, error) => {
    expect(compute(pods(), reading)).toMatchObject({
      ok: false,
      reason: 'FailedGetPodsMetric',
      error,
      fullError: `failed to get pods metric value: ${error}`,
    });
  });

  test('fails for a selector that cannot be converted, before any reading', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Near' as 'In' }] };
    expect(compute(pods(selector))).toMatchObject({
      error: '"Near" is not a valid label selector operator',
    });
  });

  test('refuses a spec without source or average value', () => {
    expect(() => compute({ type: 'Pods' })).toThrow(/Expected pods to be set/);
    const target = { type: 'Value', value: '1' } as const;
    expect(() => compute({ type: 'Pods', pods: { metric: { name: 'rps' }, target } })).toThrow(
      /averageValue/,
    );
  });
});
