import { expect, test } from 'vitest';
import type { DecisionTrace, MetricTrace } from '@bellows/hpa';
import { beyondReason } from '../../src/words/beyond-words.ts';

const cpu: MetricTrace = {
  metric: 'cpu resource utilization (percentage of request)',
  shortName: 'cpu',
  type: 'Resource',
  target: { kind: 'utilization', text: '80%' },
  current: { kind: 'utilization', text: '79%' },
  usageRatio: 0.9875,
  tolerance: { downRatio: 0.1, upRatio: 0.2 },
  pods: { ready: 20, unready: 0, missing: 0, ignored: 0 },
  rule: 'withinTolerance',
  proposal: 20,
};
const trace: DecisionTrace = {
  path: 'metrics',
  currentReplicas: 20,
  minReplicas: 1,
  maxReplicas: 50,
  metrics: [cpu],
  selected: 0,
  desiredReplicas: 20,
};
const beyond = (changes: Partial<MetricTrace>): string =>
  beyondReason({ ...trace, metrics: [{ ...cpu, ...changes }] }, 20).text;

test('writes percentages of requests, each direction with its tolerance', () => {
  expect(beyond({})).toBe(
    'up when cpu is above 96% of requests, down when it is below 72% of requests',
  );
});

test('writes memory in mebibytes', () => {
  const target = { kind: 'averageValue', text: '100Mi' } as const;
  expect(beyond({ shortName: 'memory', target })).toBe(
    'up when memory is above 120.0Mi per pod, down when it is below 90.0Mi per pod',
  );
});

test.each<[string, Partial<MetricTrace>]>([
  ['pods without a sample', { pods: { ready: 19, unready: 0, missing: 1, ignored: 0 } }],
  ['fewer ready pods', { pods: { ready: 18, unready: 0, missing: 0, ignored: 2 } }],
  ['a total', { rule: 'total' }],
])('claims no value with %s', (_, changes) => {
  expect(beyond(changes)).toBe('up or down when cpu asks for more or fewer than 20');
});
