import { missing, observed, type Observed } from '@bellows/core';
import type { MetricSpec } from '@bellows/hpa';
import type { PodMetric } from '@bellows/scrape';
import { describe, expect, test } from 'vitest';
import {
  metricQuantity,
  podMetricQuery,
  readMetric,
  type MetricSources,
} from '../../src/autoscaler/metric-readings.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const none: MetricSources = {
  podMetric: () => [],
  podUsage: () => missing('no container has been sampled yet'),
  overrides: new Map(),
};
const pods = [podStatus({ name: 'a' }), podStatus({ name: 'b' })];
const target = { type: 'AverageValue', averageValue: '10' } as const;
const queueLength: MetricSpec = {
  type: 'Pods',
  pods: { metric: { name: 'queue_length', selector: { matchLabels: { queue: 'x' } } }, target },
};

const metricOf = (podName: string, value: Observed<number>): PodMetric => ({
  podName,
  podUid: `uid-of-${podName}`,
  value,
  windowSeconds: 15,
});

describe('a Pods metric', () => {
  test('has a value per selected pod; pods without one are left out', () => {
    const sources: MetricSources = {
      ...none,
      podMetric: () => [
        metricOf('a', observed(2.5, NOW_MS - 300)),
        metricOf('b', missing('not scraped yet')),
        metricOf('of-another-deployment', observed(9, NOW_MS)),
      ],
    };
    expect(readMetric(queueLength, pods, sources, NOW_MS)).toEqual({
      kind: 'pods',
      values: [{ pod: 'a', value: '2500m', atMs: NOW_MS - 300, windowMs: 15_000 }],
    });
  });

  test('is asked for with its selector and the override of its source', () => {
    const source = { series: 'jobs_total', as: 'rate' as const };
    expect(podMetricQuery(queueLength.pods!.metric, new Map([['queue_length', source]]))).toEqual({
      name: 'queue_length',
      selector: { matchLabels: { queue: 'x' } },
      source,
    });
  });

  test('that no pod has is the error the HPA’s client gives', () => {
    expect(readMetric(queueLength, pods, none, NOW_MS)).toEqual({
      kind: 'failed',
      error: 'no metrics returned from custom metrics API',
    });
  });
});

describe('a Resource metric', () => {
  const sources: MetricSources = {
    ...none,
    podUsage: (uid) =>
      uid === 'uid-a'
        ? {
            atMs: NOW_MS - 1000,
            windowSeconds: 15,
            containers: [{ name: 'app', cpu: '250000000n', memory: '45600Ki' }],
          }
        : missing('no container has been sampled yet'),
  };
  const resource = (name: string): MetricSpec => ({ type: 'Resource', resource: { name, target } });
  const reading = (usage: object): object => ({
    kind: 'resource',
    pods: [
      { pod: 'a', atMs: NOW_MS - 1000, windowMs: 15_000, containers: [{ name: 'app', ...usage }] },
    ],
  });

  test('is read per container', () => {
    expect(readMetric(resource('cpu'), pods, sources, NOW_MS)).toEqual(
      reading({ usage: '250000000n' }),
    );
    expect(readMetric(resource('memory'), pods, sources, NOW_MS)).toEqual(
      reading({ usage: '45600Ki' }),
    );
  });

  test('of a container is read the same way', () => {
    const metric: MetricSpec = {
      type: 'ContainerResource',
      containerResource: { name: 'cpu', container: 'app', target },
    };
    expect(readMetric(metric, pods, sources, NOW_MS)).toEqual(reading({ usage: '250000000n' }));
  });

  test('other than CPU and memory is not reported', () => {
    expect(readMetric(resource('nvidia.com/gpu'), pods, sources, NOW_MS)).toEqual(reading({}));
  });

  test('that no pod has is the error the HPA’s client gives', () => {
    expect(readMetric(resource('cpu'), pods, none, NOW_MS)).toEqual({
      kind: 'failed',
      error: 'no metrics returned from resource metrics API',
    });
  });
});

test.each<[MetricSpec]>([
  [{ type: 'External', external: { metric: { name: 'lag' }, target } }],
  [
    {
      type: 'Object',
      object: {
        describedObject: { kind: 'Ingress', name: 'shop' },
        metric: { name: 'rps' },
        target,
      },
    },
  ],
])('metrics that are not the pods’ own fail and say why', (metric) => {
  expect(readMetric(metric, pods, none, NOW_MS)).toEqual({
    kind: 'failed',
    error: `${metric.type} metrics are not read on one machine; use a Pods or Resource metric here`,
  });
});

test.each([
  [0, '0m'],
  [1.0004, '1000m'],
  [-2, '-2000m'],
  [1e18, '1000000000000000000'],
])('%d is the quantity %s', (value, quantity) => {
  expect(metricQuantity(value)).toBe(quantity);
});
