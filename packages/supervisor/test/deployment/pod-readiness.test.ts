import { expect, test } from 'vitest';
import { readyReplicas } from '../../src/deployment/pod-readiness.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const terminating = podStatus({ deletionTimestampMs: NOW_MS });

test('a pod that is terminating or not ready is no ready replica', () => {
  expect(readyReplicas([podStatus(), terminating, podStatus({ ready: false })])).toBe(1);
});
