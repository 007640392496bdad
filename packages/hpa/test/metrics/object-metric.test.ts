import { describe, expect, test } from 'vitest';
import type { MetricReading, MetricSpec, MetricTarget } from '@bellows/hpa';
import { computeObjectMetric } from '../../src/metrics/object-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';

const object = (target: MetricTarget): MetricSpec => ({
  type: 'Object',
  object: {
    describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'front' },
    metric: { name: 'hits' },
    target,
  },
});
const compute = (target: MetricTarget, reading: MetricReading = { kind: 'object', value: '35' }) =>
  computeObjectMetric(metricContext(), metricInput(object(target), reading));

describe('computeObjectMetric', () => {
  test('multiplies a Value’s ratio with the ready pods', () => {
    const outcome = compute({ type: 'Value', value: '10' });
    expect(outcome).toMatchObject({
      ok: true,
      replicas: 11,
      metric: 'Ingress metric hits',
      status: {
        type: 'Object',
        object: { current: { value: '35' }, describedObject: { kind: 'Ingress', name: 'front' } },
      },
    });
    expect(outcome.trace()).toMatchObject({ countedPods: 3, usageRatio: 3.5 });
  });

  test('divides by an AverageValue, and calls the metric external as upstream does', () => {
    expect(compute({ type: 'AverageValue', averageValue: '10' })).toMatchObject({
      replicas: 4,
      metric: 'external metric hits(nil)',
      status: { object: { current: { averageValue: '11667m' } } },
    });
  });

  test('obeys the type, other than all other sources', () => {
    const both = { value: '10', averageValue: '10' };
    expect(compute({ type: 'Value', ...both })).toMatchObject({ replicas: 11 });
    expect(compute({ type: 'AverageValue', ...both })).toMatchObject({ replicas: 4 });
    expect(compute({ type: 'Utilization', ...both })).toMatchObject({
      ok: false,
      error:
        'invalid object metric source: neither a value target nor an average value target was set',
    });
  });

  test.each([
    ['Value', { type: 'Value', value: '1' }, ''],
    [
      'AverageValue',
      { type: 'AverageValue', averageValue: '1' },
      'failed to get hits object metric: ',
    ],
  ] as const)('words a failed call for a %s as upstream', (_, target, prefix) => {
    const error =
      'unable to get metric hits on Ingress default/front: unable to fetch metrics from custom metrics API: down';
    expect(compute(target, FAILED)).toMatchObject({
      reason: 'FailedGetObjectMetric',
      error,
      fullError: `failed to get object metric value: ${prefix}${error}`,
    });
  });
});
