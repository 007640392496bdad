import { expect, test } from 'vitest';
import type { MetricTrace } from '@bellows/hpa';
import { metricReason } from '../../src/words/metric-words.ts';

const rps: MetricTrace = {
  metric: 'pods metric rps',
  shortName: 'rps',
  type: 'Pods',
  target: { kind: 'averageValue', text: '25' },
  current: { kind: 'averageValue', text: '88500m' },
  usageRatio: 3.54,
  tolerance: { downRatio: 0.1, upRatio: 0.1 },
  pods: { ready: 2, unready: 1, missing: 2, ignored: 0 },
  rule: 'ratio',
  countedPods: 2,
  proposal: 8,
};

test.each<[string, Partial<MetricTrace>]>([
  ['rps is 88.5 per pod, target 25, asks for 8 (3.54 × 2 pods)', {}],
  [
    'rps is 88.5 per pod, target 25, asks for 8',
    { rule: 'total', countedPods: undefined as never },
  ],
  [
    'rps is 88.5 per pod, target 25, within tolerance (ratio 1.05, 0.9 to 1.1), asks for 8',
    { rule: 'withinTolerance', usageRatio: 1.05, countedPods: undefined as never },
  ],
  [
    'rps is 88.5 per pod, target 25, with 2 pods without a sample and 1 pod not ready counted as idle, asks for 8 (1.4 × 5 pods)',
    { rule: 'correctedRatio', correctedRatio: 1.4, countedPods: 5 },
  ],
  [
    'rps is 88.5 per pod, target 25, with 2 pods without a sample counted as on target, asks for 8 (0.8 × 5 pods)',
    { rule: 'correctedRatio', usageRatio: 0.4, correctedRatio: 0.8, countedPods: 5 },
  ],
  [
    'rps is 88.5 per pod, target 25, but with 2 pods without a sample and 1 pod not ready counted as idle within tolerance (ratio 1.02, 0.9 to 1.1), asks for 8',
    { rule: 'correctedWithinTolerance', correctedRatio: 1.02, countedPods: undefined as never },
  ],
  [
    'rps is 88.5 per pod, target 25, but with 2 pods without a sample and 1 pod not ready counted as idle the direction would turn around, asks for 8',
    { rule: 'correctedDirectionChanged', countedPods: undefined as never },
  ],
  ['rps cannot be read: down', { error: 'down' }],
])('%s', (words, changes) => {
  expect(metricReason({ ...rps, ...changes }).text).toBe(words);
});

test('says percentages of requests, and what a missing pod is taken to use', () => {
  const cpu: MetricTrace = {
    ...rps,
    shortName: 'cpu',
    target: { kind: 'utilization', text: '80%' },
    current: { kind: 'utilization', text: '20%' },
    rule: 'correctedRatio',
    usageRatio: 0.25,
    correctedRatio: 0.75,
  };
  expect(metricReason(cpu).text).toMatch(
    /^cpu is 20% of requests, target 80%, .* counted as using all it requests/,
  );
  const over: MetricTrace = { ...cpu, target: { kind: 'utilization', text: '150%' } };
  expect(metricReason(over).text).toContain('counted as on target');
});

test('writes memory in mebibytes', () => {
  const memory: MetricTrace = {
    ...rps,
    shortName: 'memory',
    type: 'Resource',
    target: { kind: 'averageValue', text: '500Mi' },
    current: { kind: 'averageValue', text: '506312411428m' },
  };
  expect(metricReason(memory).text).toMatch(/^memory is 482\.9Mi per pod, target 500Mi/);
});
