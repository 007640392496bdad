import { expect, test } from 'vitest';
import { isReady, readyReplicas } from '../../src/deployment/pod-readiness.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const terminating = podStatus({ deletionTimestampMs: NOW_MS });

test('a terminating pod may be ready, but is no ready replica', () => {
  expect(isReady(terminating)).toBe(true);
  expect(isReady(podStatus({ ready: false }))).toBe(false);
  expect(readyReplicas([podStatus(), terminating, podStatus({ ready: false })])).toBe(1);
});
