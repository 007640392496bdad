import { Quantity } from '@bellows/core';
import { expect, test } from 'vitest';
import { encodeJson } from '../../src/api/go-json.ts';
import { nodeMetrics, podMetricsList } from '../../src/api/resource-metrics.ts';

const usage = {
  cpu: Quantity.fromMilli(1100n),
  memory: Quantity.fromMilli(2_048_000n, 'BinarySI'),
};
const one = { name: 'a', namespace: '', labels: {}, timestampMs: 0, windowNs: 60_000_000_000n };

test('pods tell the usage of their containers', () => {
  const pod = { ...one, namespace: 'shop', containers: [{ name: 'app', usage }] };
  expect(encodeJson(podMetricsList([pod]))).toBe(
    '{"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[{"metadata":{"name":"a","namespace":"shop"},"timestamp":"1970-01-01T00:00:00Z","window":"1m0s","containers":[{"name":"app","usage":{"cpu":"1100m","memory":"2Ki"}}]}]}\n',
  );
});

test('a node tells its own, with its labels and age where they are known', () => {
  const node = { ...one, labels: { zone: 'z' }, createdMs: 1000, usage };
  expect(nodeMetrics(node)).toMatchObject({
    kind: 'NodeMetrics',
    metadata: { name: 'a', creationTimestamp: '1970-01-01T00:00:01Z', labels: { zone: 'z' } },
  });
});
