import { describe, expect, test } from 'vitest';
import type { MetricReading, MetricSpec, MetricTarget } from '@bellows/hpa';
import { computeExternalMetric } from '../../src/metrics/external-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';

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
});
