import { describe, expect, test } from 'vitest';
import { PROFILE_1_37, type ObservedPod } from '@bellows/hpa';
import { groupPods } from '../src/pod-grouping.ts';
import type { PodSample } from '../src/pod-samples.ts';
import { NOW_MS, readyPod } from './samples.ts';

const SECOND = 1000;

function groupOf(pod: ObservedPod, sample?: Partial<PodSample>, isCpu = true): string {
  const samples = new Map<string, PodSample>();
  if (sample !== undefined) {
    samples.set(pod.name, { valueMilli: 1, atMs: NOW_MS, windowMs: 30 * SECOND, ...sample });
  }
  const groups = groupPods([pod], samples, { isCpu, profile: PROFILE_1_37, nowMs: NOW_MS });
  if (groups.ignored.size > 0) return 'ignored';
  if (groups.unready.size > 0) return 'unready';
  return groups.missing.size > 0 ? 'missing' : 'ready';
}

/** A pod that started so many seconds ago and whose Ready condition changed later. */
function startedPod(ageSeconds: number, changes: Partial<ObservedPod>): ObservedPod {
  return readyPod('web', { startedAtMs: NOW_MS - ageSeconds * SECOND, ...changes });
}

describe('groupPods', () => {
  test('names the pod and which of its times cannot be', () => {
    expect(() => groupOf(startedPod(Number.NaN, {}), {})).toThrow(
      expect.objectContaining({ place: { field: 'start of pod web' } }),
    );
    expect(() => groupOf(startedPod(60, { readyTransitionAtMs: Infinity }), {})).toThrow(
      expect.objectContaining({ place: { field: 'readyTransitionAtMs of pod web' } }),
    );
  });

  test('ignores terminating and failed pods, sample or not', () => {
    expect(groupOf(readyPod('web', { deletedAtMs: NOW_MS }), {})).toBe('ignored');
    expect(groupOf(readyPod('web', { phase: 'Failed' }))).toBe('ignored');
  });

  test('takes pending pods for unready, before it looks for a sample', () => {
    expect(groupOf(readyPod('web', { phase: 'Pending' }))).toBe('unready');
  });

  test('counts a succeeded pod like a running one', () => {
    expect(groupOf(readyPod('web', { phase: 'Succeeded' }), {})).toBe('ready');
    expect(groupOf(readyPod('web', { phase: 'Succeeded' }))).toBe('missing');
  });

  test('asks for readiness only where the resource is cpu', () => {
    const neverReady = readyPod('web', { ready: 'False' });
    expect(groupOf({ ...neverReady, startedAtMs: NOW_MS }, {})).toBe('unready');
    expect(groupOf({ ...neverReady, startedAtMs: NOW_MS }, {}, false)).toBe('ready');
  });

  test('takes a pod without Ready condition or start time for unready', () => {
    expect(groupOf(readyPod('web', { ready: null }), {})).toBe('unready');
    expect(groupOf(readyPod('web', { startedAtMs: null }), {})).toBe('unready');
  });

  test('waits for a whole window after readiness during the CPU initialization period', () => {
    const pod = startedPod(299, { readyTransitionAtMs: NOW_MS - 40 * SECOND });
    expect(groupOf(pod, { atMs: NOW_MS - 10 * SECOND })).toBe('ready');
    expect(groupOf(pod, { atMs: NOW_MS - 11 * SECOND })).toBe('unready');
  });

  test('ends the CPU initialization period exactly at its length', () => {
    const changes = { readyTransitionAtMs: NOW_MS };
    expect(groupOf(startedPod(299, changes), {})).toBe('unready');
    expect(groupOf(startedPod(300, changes), {})).toBe('ready');
  });

  test('later leaves out only a pod that has never been ready', () => {
    const never = { ready: 'False', readyTransitionAtMs: NOW_MS - (600 - 29) * SECOND } as const;
    const once = { ready: 'False', readyTransitionAtMs: NOW_MS - (600 - 30) * SECOND } as const;
    expect(groupOf(startedPod(600, never), {})).toBe('unready');
    expect(groupOf(startedPod(600, once), {})).toBe('ready');
  });

  test('takes Ready=Unknown for ready', () => {
    expect(groupOf(startedPod(600, { ready: 'Unknown' }), {})).toBe('ready');
  });
});
