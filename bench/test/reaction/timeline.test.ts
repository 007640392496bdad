import { HPA_USER, type AuditEvent } from '@bellows/e2e';
import { expect, test } from 'vitest';
import { reactionOf, readTimeline } from '../../src/reaction/timeline.ts';

const STEP_MS = 1_000_000;
const METRIC = '/apis/custom.metrics.k8s.io/v1beta2/namespaces/n/pods/%2A/m?labelSelector=app%3D';

const sync = (seconds: number, name = 'shop'): AuditEvent => ({
  ...{ user: HPA_USER, verb: 'get', uri: `${METRIC}${name}`, code: 200 },
  receivedAtMs: STEP_MS + seconds * 1000,
  answeredAtMs: STEP_MS + seconds * 1000 + 10,
});
const write = (seconds: number, replicas: number): AuditEvent => ({
  ...sync(seconds),
  verb: 'update',
  uri: '/apis/apps/v1/namespaces/n/deployments/shop/scale',
  replicas,
});
const timeline = (...events: AuditEvent[]): ReturnType<typeof readTimeline> =>
  readTimeline(events, { namespace: 'n', name: 'shop', stepMs: STEP_MS });

test('a timeline holds the syncs of its own autoscaler and what it wrote since the step', () => {
  const { syncsMs, writes } = timeline(
    ...[sync(-20), sync(-5), sync(1, 'shop-2'), { ...sync(2), user: 'somebody' }, sync(10)],
    ...[write(-19, 1), write(10.1, 5)],
  );
  expect(syncsMs.map((atMs) => (atMs - STEP_MS) / 1000)).toEqual([-5, 10]);
  expect(writes.map(({ replicas }) => replicas)).toEqual([5]);
});

test('enough pods at the first sync is the floor itself', () => {
  expect(reactionOf(timeline(sync(-5), sync(10), write(10.1, 5)))).toEqual({
    floorSeconds: 10,
    firstWriteSeconds: 10.11,
    firstReplicas: 5,
    enoughSeconds: 10.11,
    dueSeconds: 10,
    isFirstWriteDue: true,
    syncsLate: 0,
  });
});

test('a sync within two seconds of the step need not know of it', () => {
  const early = [sync(-14), sync(1), sync(16), write(16.1, 4), sync(31), write(31.1, 5)];
  expect(reactionOf(timeline(...early))).toMatchObject({
    ...{ floorSeconds: 1, dueSeconds: 16, firstReplicas: 4, isFirstWriteDue: true, syncsLate: 2 },
  });
});

test('a write at a later sync than the one it was due at is late', () => {
  const late = [sync(3), sync(18), write(18.1, 2)];
  expect(reactionOf(timeline(...late))).toMatchObject({
    ...{ isFirstWriteDue: false, enoughSeconds: undefined, syncsLate: undefined },
  });
});

test('an autoscaler that never synced since the step cannot be judged', () => {
  expect(() => reactionOf(timeline(sync(-5)))).toThrow('has not synced');
});
