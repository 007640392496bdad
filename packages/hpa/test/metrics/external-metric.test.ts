import { describe, expect, test } from 'vitest';
import type { MetricReading, MetricSpec, MetricTarget } from '@bellows/hpa';
import { computeExternalMetric } from '../../src/metrics/external-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';
import { NOW_MS } from '../samples.ts';

const external = (target: MetricTarget): MetricSpec => ({
  type: 'External',
  external: { metric: { name: 'queue', selector: { matchLabels: { a: 'b' } } }, target },
});
const NAME =
  'external metric queue(&LabelSelector{MatchLabels:map[string]string{a: b,},MatchExpressions:[]LabelSelectorRequirement{},})';
const series: MetricReading = { kind: 'external', series: ['30', '5'] };
const compute = (target: MetricTarget, reading: MetricReading = series) =>
  computeExternalMetric(metricContext(), metricInput(external(target), reading));

describe('computeExternalMetric', () => {
  test('sums the series for a Value', () => {
    expect(compute({ type: 'Value', value: '10' })).toMatchObject({
      ok: true,
      replicas: 11,
      metric: NAME,
      status: { type: 'External', external: { current: { value: '35' } } },
    });
  });

  test('prefers an AverageValue, whatever the type says', () => {
    expect(compute({ type: 'Value', value: '10', averageValue: '10' })).toMatchObject({
      replicas: 4,
      status: { external: { current: { averageValue: '11667m' } } },
    });
  });

  test.each([
    ['Value', { type: 'Value', value: '1' }, 'failed to get external metric queue: '],
    [
      'AverageValue',
      { type: 'AverageValue', averageValue: '1' },
      'failed to get queue external metric: ',
    ],
  ] as const)('words a failed call for a %s as upstream', (_, target, prefix) => {
    const outcome = compute(target, FAILED);
    expect(outcome).toMatchObject({ ok: false, reason: 'FailedGetExternalMetric' });
    if (outcome.ok) return;
    expect(outcome.error).toMatch(
      /^unable to get external metric default\/queue\/&LabelSelector\{.*: down$/,
    );
    expect(outcome.fullError).toBe(
      `failed to get queue external metric value: ${prefix}${outcome.error}`,
    );
  });

  test('fails without series and without a target', () => {
    expect(compute({ type: 'Value', value: '1' }, { kind: 'external', series: [] })).toMatchObject({
      error: expect.stringContaining('no metrics returned from external metrics API') as string,
    });
    expect(compute({ type: 'Value' })).toMatchObject({
      error:
        'invalid external metric source: neither a value target nor an average value target was set',
    });
  });

  test('tells in the trace what a Value came from', () => {
    const outcome = compute({ type: 'Value', value: '10' }, { ...series, atMs: NOW_MS });
    expect(outcome.trace()).toStrictEqual({
      metric: NAME,
      shortName: 'queue',
      type: 'External',
      target: { kind: 'value', text: '10' },
      current: { kind: 'value', text: '35' },
      usageRatio: 3.5,
      tolerance: { downRatio: 0.1, upRatio: 0.1 },
      rule: 'ratio',
      proposal: 11,
      countedPods: 3,
      oldestSampleAtMs: NOW_MS,
    });
  });

  test('tells in the trace what an AverageValue came from', () => {
    const outcome = compute(
      { type: 'AverageValue', averageValue: '10' },
      { ...series, atMs: NOW_MS },
    );
    expect(outcome.trace()).toMatchObject({
      target: { kind: 'averageValue', text: '10' },
      current: { kind: 'averageValue', text: '11667m' },
      oldestSampleAtMs: NOW_MS,
    });
  });

  test('tells in the trace why there is no proposal', () => {
    const outcome = compute({ type: 'Value', value: '10' }, FAILED);
    expect(outcome.trace()).toStrictEqual({
      metric: NAME,
      shortName: 'queue',
      type: 'External',
      target: { kind: 'value', text: '10' },
      error: `unable to get external metric default/queue/${NAME.slice(22, -1)}: unable to fetch metrics from external metrics API: down`,
      cause: 'down',
    });
    expect(compute({ type: 'Value' }).trace()).not.toHaveProperty('target');
  });

  test.each<[string, MetricTarget, MetricReading]>([
    ['target.value', { type: 'Value', value: 'much' }, series],
    ['target.averageValue', { type: 'Value', averageValue: 'much' }, series],
    ['metrics[0].series', { type: 'Value', value: '1' }, { kind: 'external', series: ['much'] }],
  ])('names %s where a quantity cannot be read', (field, target, reading) => {
    expect(() => compute(target, reading)).toThrow(expect.objectContaining({ place: { field } }));
  });

  test('fails without pods, whose number a Value’s ratio is multiplied with', () => {
    const input = metricInput(external({ type: 'Value', value: '10' }), series);
    expect(computeExternalMetric(metricContext({ pods: [] }), input)).toMatchObject({
      error: expect.stringContaining('unable to calculate ready pods') as string,
    });
  });

  test('fails without series for an AverageValue', () => {
    const none: MetricReading = { kind: 'external', series: [] };
    expect(compute({ type: 'AverageValue', averageValue: '1' }, none)).toMatchObject({ ok: false });
  });

  test('has nothing before the error where there is no target', () => {
    expect(compute({ type: 'Value' })).toMatchObject({
      fullError:
        'failed to get queue external metric value: invalid external metric source: neither a value target nor an average value target was set',
    });
  });

  test('fails for a selector that cannot be converted, before any reading', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Near' as 'In' }] };
    const target = { type: 'Value', value: '1' } as const;
    const spec: MetricSpec = {
      type: 'External',
      external: { metric: { name: 'queue', selector }, target },
    };
    expect(computeExternalMetric(metricContext(), metricInput(spec, FAILED))).toMatchObject({
      error: '"Near" is not a valid label selector operator',
    });
  });

  test('refuses a spec without its source', () => {
    const input = metricInput({ type: 'External' }, series);
    expect(() => computeExternalMetric(metricContext(), input)).toThrow(
      /Expected external to be set/,
    );
  });
});
