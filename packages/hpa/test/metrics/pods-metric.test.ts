import { describe, expect, test } from 'vitest';
import type { LabelSelector } from '@bellows/core';
import type { MetricSpec } from '@bellows/hpa';
import { computePodsMetric } from '../../src/metrics/pods-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';
import { NOW_MS, podsReading } from '../samples.ts';

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

  test('tells in the trace what the proposal came from', () => {
    expect(compute(pods()).trace()).toStrictEqual({
      metric: 'pods metric rps',
      shortName: 'rps',
      type: 'Pods',
      target: { kind: 'averageValue', text: '10' },
      current: { kind: 'averageValue', text: '20' },
      usageRatio: 2,
      tolerance: { downRatio: 0.1, upRatio: 0.1 },
      pods: { ready: 3, unready: 0, missing: 0, ignored: 0 },
      rule: 'ratio',
      countedPods: 3,
      proposal: 6,
      oldestSampleAtMs: NOW_MS - 1000,
    });
  });

  test('tells in the trace why there is no proposal', () => {
    expect(compute(pods(), FAILED).trace()).toStrictEqual({
      metric: 'pods metric rps',
      shortName: 'rps',
      type: 'Pods',
      target: { kind: 'averageValue', text: '10' },
      error: 'unable to get metric rps: unable to fetch metrics from custom metrics API: down',
      cause: 'down',
    });
  });

  test('names the target where it cannot be read', () => {
    const spec: MetricSpec = {
      type: 'Pods',
      pods: { metric: { name: 'rps' }, target: { type: 'Value', averageValue: 'much' } },
    };
    expect(() => compute(spec)).toThrow(
      expect.objectContaining({ place: { field: 'target.averageValue' } }),
    );
  });
});
