import { expect, test } from 'vitest';
import type { MetricSpec } from '@bellows/hpa';
import { computeMetric } from '../../src/metrics/compute-metric.ts';
import { FAILED, metricContext, metricInput } from '../metric-contexts.ts';

test('has an answer to a type that the API server would not let through', () => {
  const spec = { type: 'Weather' } as unknown as MetricSpec;
  const outcome = computeMetric(metricContext(), metricInput(spec, FAILED));
  const error = 'unknown metric source type "Weather"';
  expect(outcome).toMatchObject({
    ok: false,
    reason: 'InvalidMetricSourceType',
    error,
    fullError: error,
  });
  expect(outcome.trace()).toEqual({
    metric: 'Weather',
    shortName: 'Weather',
    type: 'Weather',
    error,
    cause: error,
  });
});

test.each([
  ['Resource', 'FailedGetResourceMetric'],
  ['ContainerResource', 'FailedGetContainerResourceMetric'],
  ['Pods', 'FailedGetPodsMetric'],
  ['Object', 'FailedGetObjectMetric'],
  ['External', 'FailedGetExternalMetric'],
] as const)('computes a %s metric', (type, reason) => {
  const target = { type: 'AverageValue', averageValue: '1' } as const;
  const metric = { name: 'm' };
  const spec: MetricSpec = {
    type,
    resource: { name: 'cpu', target },
    containerResource: { name: 'cpu', container: 'app', target },
    pods: { metric, target },
    object: { describedObject: { kind: 'Ingress', name: 'front' }, metric, target },
    external: { metric, target },
  };
  expect(computeMetric(metricContext(), metricInput(spec, FAILED))).toMatchObject({
    ok: false,
    reason,
  });
});
