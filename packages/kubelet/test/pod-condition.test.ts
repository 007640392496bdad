import type { Condition } from '@bellows/core';
import { expect, test } from 'vitest';
import { isPodReady, podCondition, type PodStatus } from '../src/index.ts';
import { nodeContainer, pod } from './support/pods.ts';

const withConditions = (conditions: readonly Condition[]): PodStatus => ({
  ...pod([nodeContainer([''])]),
  phase: 'Running',
  podIP: '127.9.0.1',
  portMap: {},
  startTimeMs: 0,
  conditions,
  containerStatuses: [],
});
const condition = (type: string, status: Condition['status']): Condition => ({
  type,
  status,
  reason: '',
  message: '',
  lastTransitionTimeMs: 7,
});

test('finds the condition of a type', () => {
  const ready = condition('Ready', 'False');
  const status = withConditions([condition('Initialized', 'True'), ready]);
  expect(podCondition(status, 'Ready')).toBe(ready);
  expect(podCondition(status, 'Absent')).toBeUndefined();
});

test.each([
  [true, [condition('Ready', 'True')]],
  [false, [condition('Ready', 'False')]],
  [false, [condition('Ready', 'Unknown')]],
  [false, [condition('ContainersReady', 'True')]],
  [false, []],
])('a pod is ready: %s, by its condition Ready alone', (ready, conditions) => {
  expect(isPodReady(withConditions(conditions))).toBe(ready);
});
