import { describe, expect, test } from 'vitest';
import { countPodStates, podState, unreadyReasons } from '../../src/account/pod-state.ts';
import { podStatus } from '../fixtures/run-view.ts';

describe('podState', () => {
  test.each(['ready', 'notReady', 'pending', 'terminating'] as const)('tells %s', (state) => {
    expect(podState(podStatus('shop-a', state))).toBe(state);
  });

  test('is terminating for a pod that is still ready while it drains', () => {
    const pod = { ...podStatus('shop-a', 'ready'), deletionTimestampMs: 1 };
    expect(podState(pod)).toBe('terminating');
  });
});

test('countPodStates counts each state', () => {
  const pods = (['ready', 'ready', 'pending'] as const).map((s) => podStatus(`shop-${s}`, s));
  expect(countPodStates(pods)).toEqual({
    ready: 2,
    notReady: 0,
    pending: 1,
    crashing: 0,
    terminating: 0,
  });
});

describe('unreadyReasons', () => {
  test('gives the last failed probe and what containers wait for', () => {
    expect(unreadyReasons(podStatus('shop-a', 'notReady'))).toEqual([
      'readiness probe: GET :9400/readyz answered 503',
    ]);
    expect(unreadyReasons(podStatus('shop-a', 'pending'))).toEqual(['ContainerCreating']);
  });

  test('says why a container ended before its back-off, once, and calls its pod crashing', () => {
    const pod = podStatus('shop-a', 'pending');
    const [container] = pod.containerStatuses;
    const message =
      'back-off 10s restarting failed container=shop pod=shop-a: exited with code 7\nboom';
    const state = { kind: 'waiting', reason: 'CrashLoopBackOff', message } as const;
    expect(
      unreadyReasons({ ...pod, message, containerStatuses: [{ ...container!, state }] }),
    ).toEqual(['exited with code 7: boom (CrashLoopBackOff, back-off 10s)']);
    expect(podState({ ...pod, containerStatuses: [{ ...container!, state }] })).toBe('crashing');
  });

  test('gives none for a pod that is ready or on its way out', () => {
    expect(unreadyReasons(podStatus('shop-a', 'ready'))).toEqual([]);
    expect(unreadyReasons(podStatus('shop-a', 'terminating'))).toEqual([]);
  });
});
