import { Quantity } from '@bellows/core';
import { expect, test } from 'vitest';
import { externalMetricValueList } from '../../src/api/external-metric-value-list.ts';
import { encodeJson } from '../../src/api/go-json.ts';

test('labels, window and time are told where they are known', () => {
  const items = [
    { metric: 'lag', labels: { topic: 'a' }, windowSeconds: 0, value: Quantity.fromMilli(42_000n) },
    { metric: 'lag', timestampMs: 0, value: Quantity.fromMilli(0n) },
  ];
  expect(encodeJson(externalMetricValueList(items))).toBe(
    '{"kind":"ExternalMetricValueList","apiVersion":"external.metrics.k8s.io/v1beta1","metadata":{},"items":[' +
      '{"metricName":"lag","metricLabels":{"topic":"a"},"timestamp":null,"window":0,"value":"42"},' +
      '{"metricName":"lag","metricLabels":null,"timestamp":"1970-01-01T00:00:00Z","value":"0"}]}\n',
  );
});
