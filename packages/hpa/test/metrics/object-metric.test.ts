import { describe, expect, test } from 'vitest';
import type { MetricReading, MetricSpec, MetricTarget } from '@bellows/hpa';
import { computeObjectMetric } from '../../src/metrics/object-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';
import { NOW_MS } from '../samples.ts';

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

  test('tells in the trace what the proposal came from', () => {
    const reading: MetricReading = { kind: 'object', value: '35', atMs: NOW_MS };
    expect(compute({ type: 'Value', value: '10' }, reading).trace()).toStrictEqual({
      metric: 'Ingress metric hits',
      shortName: 'hits',
      type: 'Object',
      target: { kind: 'value', text: '10' },
      current: { kind: 'value', text: '35' },
      usageRatio: 3.5,
      tolerance: { downRatio: 0.1, upRatio: 0.1 },
      rule: 'ratio',
      proposal: 11,
      countedPods: 3,
      oldestSampleAtMs: NOW_MS,
    });
    const average = compute({ type: 'AverageValue', averageValue: '10' }, reading);
    expect(average.trace()).toMatchObject({
      target: { kind: 'averageValue', text: '10' },
      current: { kind: 'averageValue', text: '11667m' },
      tolerance: { downRatio: 0.1, upRatio: 0.1 },
      oldestSampleAtMs: NOW_MS,
    });
  });

  test('tells in the trace why there is no proposal', () => {
    expect(compute({ type: 'Value', value: '10' }, FAILED).trace()).toStrictEqual({
      metric: 'Ingress metric hits',
      shortName: 'hits',
      type: 'Object',
      target: { kind: 'value', text: '10' },
      error:
        'unable to get metric hits on Ingress default/front: unable to fetch metrics from custom metrics API: down',
      cause: 'down',
    });
    expect(compute({ type: 'Utilization', value: '10' }).trace()).not.toHaveProperty('target');
  });

  test.each<[string, MetricTarget, string]>([
    ['target.value', { type: 'Value', value: 'much' }, '1'],
    ['target.averageValue', { type: 'AverageValue', averageValue: 'much' }, '1'],
    ['metrics[0].value', { type: 'Value', value: '1' }, 'much'],
  ])('names %s where a quantity cannot be read', (field, target, value) => {
    expect(() => compute(target, { kind: 'object', value })).toThrow(
      expect.objectContaining({ place: { field } }),
    );
  });

  test.each([{ type: 'Value' }, { type: 'AverageValue' }] as const)(
    'fails for a target of %j without its value',
    (target) => {
      const error =
        'invalid object metric source: neither a value target nor an average value target was set';
      expect(compute(target)).toMatchObject({
        error,
        fullError: `failed to get object metric value: ${error}`,
      });
    },
  );

  test('fails without pods, whose number a Value’s ratio is multiplied with', () => {
    const input = metricInput(object({ type: 'Value', value: '10' }), {
      kind: 'object',
      value: '35',
    });
    expect(computeObjectMetric(metricContext({ pods: [] }), input)).toMatchObject({
      error: expect.stringContaining('unable to calculate ready pods') as string,
    });
  });

  test('fails for a selector that cannot be converted, before any reading', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Near' as 'In' }] };
    const spec: MetricSpec = {
      type: 'Object',
      object: {
        describedObject: { kind: 'Ingress', name: 'front' },
        metric: { name: 'hits', selector },
        target: { type: 'AverageValue', averageValue: '1' },
      },
    };
    const error = '"Near" is not a valid label selector operator';
    expect(computeObjectMetric(metricContext(), metricInput(spec, FAILED))).toMatchObject({
      error,
      fullError: `failed to get object metric value: ${error}`,
    });
  });

  test('refuses a spec without its source', () => {
    const input = metricInput({ type: 'Object' }, FAILED);
    expect(() => computeObjectMetric(metricContext(), input)).toThrow(/Expected object to be set/);
  });
});
