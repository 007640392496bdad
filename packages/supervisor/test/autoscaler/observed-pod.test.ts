import { expect, test } from 'vitest';
import { observedPod } from '../../src/autoscaler/observed-pod.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

test('a pod carries what the HPA groups pods by', () => {
  const pod = podStatus({
    name: 'a',
    readySinceMs: NOW_MS - 1000,
    container: { resources: { requests: { cpu: '500m' }, limits: {} } },
  });
  expect(observedPod(pod)).toEqual({
    name: 'a',
    labels: { app: 'shop' },
    phase: 'Running',
    ready: 'True',
    readyTransitionAtMs: NOW_MS - 1000,
    startedAtMs: NOW_MS - 60_000,
    containers: [{ name: 'app', requests: { cpu: '500m' } }],
  });
});

test('a terminating pod says so, and one without condition Ready has none', () => {
  const pod = { ...podStatus({ deletionTimestampMs: NOW_MS }), conditions: [] };
  expect(observedPod(pod)).toMatchObject({ ready: null, deletedAtMs: NOW_MS });
  expect(observedPod(pod)).not.toHaveProperty('readyTransitionAtMs');
});
