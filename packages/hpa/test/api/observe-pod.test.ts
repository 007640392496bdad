import { observePod } from '@bellows/hpa';
import { expect, test } from 'vitest';

const TIME = '2026-11-22T12:00:00Z';
const AT_MS = Date.parse(TIME);

test('a pod that no kubelet has seen is pending, without a start or a condition', () => {
  const pod = { metadata: { name: 'a' }, spec: { containers: [{ name: 'main' }] } };
  expect(observePod(pod)).toEqual({
    ...{ name: 'a', labels: {}, phase: 'Pending', ready: null, readyTransitionAtMs: 0 },
    ...{ startedAtMs: null, containers: [{ name: 'main' }] },
  });
});

test('takes over requests, sidecars, readiness and deletion', () => {
  const requests = { cpu: '100m' };
  const containers = [{ name: 'main', resources: { requests } }];
  const pod = {
    metadata: { name: 'a', labels: { app: 'shop' }, deletionTimestamp: TIME },
    spec: {
      containers,
      initContainers: [{ name: 'proxy', restartPolicy: 'Always' }, { name: 'once' }],
      resources: { requests },
      overhead: requests,
    },
    status: {
      phase: 'Running' as const,
      startTime: TIME,
      conditions: [{ type: 'Ready', status: 'True' as const, lastTransitionTime: TIME }],
    },
  };
  expect(observePod(pod)).toEqual({
    ...{ name: 'a', labels: { app: 'shop' }, phase: 'Running', ready: 'True' },
    ...{ readyTransitionAtMs: AT_MS, startedAtMs: AT_MS, deletedAtMs: AT_MS },
    ...{ containers: [{ name: 'main', requests }], podRequests: requests, overhead: requests },
    initContainers: [{ name: 'proxy', restartPolicy: 'Always' }, { name: 'once' }],
  });
});
