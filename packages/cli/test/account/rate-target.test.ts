import { expect, test } from 'vitest';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';
import { rateTargetOf } from '../../src/account/rate-target.ts';

function autoscaler(name: string, averageValue: string): HorizontalPodAutoscaler {
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: { name: 'shop', namespace: 'default', labels: {}, annotations: {} },
    source: { file: 'hpa.yaml', line: 1 },
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: 'shop' },
      maxReplicas: 8,
      metrics: [
        {
          type: 'Pods',
          pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
        },
      ],
    },
  };
}

test.each([
  ['http_requests_per_second', '20', 20],
  ['requests_per_second', '500m', 0.5],
  ['shop_requests_handled_per_second', '1k', 1000],
])('%s with %s is %d requests a second for each replica', (metric, averageValue, perReplica) => {
  expect(rateTargetOf(autoscaler(metric, averageValue))).toEqual({ metric, perReplica });
});

test.each([
  ['queue_length', '10'],
  ['bytes_per_second', '10'],
  ['http_requests_per_second', '0'],
])('%s with %s is no rate of requests', (metric, averageValue) => {
  expect(rateTargetOf(autoscaler(metric, averageValue))).toBeUndefined();
});
