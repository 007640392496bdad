import { Quantity } from '@bellows/core';
import { expect, test } from 'vitest';
import { encodeJson } from '../../src/api/go-json.ts';
import { metricValueList, type MetricValue } from '../../src/api/metric-value-list.ts';

const value: MetricValue = {
  object: { kind: 'Pod', namespace: 'shop', name: 'web-1', apiVersion: 'v1' },
  metric: 'http_requests',
  timestampMs: 1_700_000_000_000,
  windowSeconds: 15,
  value: Quantity.fromMilli(10_500n),
};

test('both versions tell the same under their own names', () => {
  const object = '{"kind":"Pod","namespace":"shop","name":"web-1","apiVersion":"v1"}';
  const list = (version: string, item: string): string =>
    `{"kind":"MetricValueList","apiVersion":"custom.metrics.k8s.io/${version}","metadata":{},"items":[{"describedObject":${object},${item}}]}\n`;
  expect(encodeJson(metricValueList('v1beta2', [value]))).toBe(
    list(
      'v1beta2',
      '"metric":{"name":"http_requests","selector":null},"timestamp":"2023-11-14T22:13:20Z","windowSeconds":15,"value":"10500m"',
    ),
  );
  expect(encodeJson(metricValueList('v1beta1', [value]))).toBe(
    list(
      'v1beta1',
      '"metricName":"http_requests","timestamp":"2023-11-14T22:13:20Z","window":15,"value":"10500m","selector":null',
    ),
  );
});
