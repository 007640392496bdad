import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isActive, replicaSetStep } from '../../src/deployment/replica-set-step.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

test('creates what is missing', () => {
  expect(replicaSetStep(3, [podStatus()], NOW_MS)).toEqual({ createCount: 2, deleteUids: [] });
});

test('does nothing when the number is right', () => {
  expect(replicaSetStep(1, [podStatus()], NOW_MS)).toEqual({ createCount: 0, deleteUids: [] });
});

test('deletes the pod that is not ready before the ready ones', () => {
  const pods = [
    podStatus({ uid: 'ready-old' }),
    podStatus({ uid: 'unready', ready: false }),
    podStatus({ uid: 'pending', ready: false, phase: 'Pending' }),
  ];
  expect(replicaSetStep(1, pods, NOW_MS).deleteUids).toEqual(['pending', 'unready']);
});

test('a terminating pod is no replica: it is replaced, and not deleted again', () => {
  const pods = [podStatus({ uid: 'stays' }), podStatus({ deletionTimestampMs: NOW_MS })];
  expect(replicaSetStep(2, pods, NOW_MS)).toEqual({ createCount: 1, deleteUids: [] });
  expect(replicaSetStep(0, pods, NOW_MS)).toEqual({ createCount: 0, deleteUids: ['stays'] });
});

test('a pod that has ended is replaced', () => {
  expect(replicaSetStep(1, [podStatus({ phase: 'Failed' })], NOW_MS).createCount).toBe(1);
});

test('whatever the pods are, the step leads to the number wanted', () => {
  const pod = fc.record({
    uid: fc.uuid(),
    ready: fc.boolean(),
    phase: fc.constantFrom('Pending' as const, 'Running' as const, 'Failed' as const),
    restartCount: fc.nat(3),
    readySinceMs: fc.integer({ min: NOW_MS - 100_000, max: NOW_MS }),
  });
  fc.assert(
    fc.property(fc.nat(8), fc.uniqueArray(pod, { selector: ({ uid }) => uid }), (desired, raw) => {
      const pods = raw.map((overrides) => podStatus(overrides));
      const { createCount, deleteUids } = replicaSetStep(desired, pods, NOW_MS);
      const active = pods.filter(isActive).map(({ metadata }) => metadata.uid);
      expect(active.length + createCount - deleteUids.length).toBe(desired);
      expect(new Set(deleteUids).size).toBe(deleteUids.length);
      expect(deleteUids.every((uid) => active.includes(uid))).toBe(true);
    }),
  );
});
