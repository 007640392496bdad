import { describe, expect, test } from 'vitest';
import {
  containerResourceSamples,
  oldestSampleAtMs,
  podMetricSamples,
  podResourceSamples,
} from '../src/pod-samples.ts';

const usage = (pod: string, ...containers: { name: string; usage?: string }[]) => ({
  pod,
  atMs: 1999,
  windowMs: 30_000,
  containers,
});

describe('podResourceSamples', () => {
  test('sums containers and cuts the time to whole seconds', () => {
    const pods = [usage('a', { name: 'app', usage: '100m' }, { name: 'mesh', usage: '50m' })];
    expect(podResourceSamples({ kind: 'resource', pods }).get('a')).toEqual({
      valueMilli: 150,
      atMs: 1000,
      windowMs: 30_000,
    });
  });

  test('leaves out a pod without containers, or with one that did not report', () => {
    const pods = [usage('a'), usage('b', { name: 'app', usage: '1' }, { name: 'mesh' })];
    expect(podResourceSamples({ kind: 'resource', pods }).size).toBe(0);
  });
});

describe('containerResourceSamples', () => {
  test('takes the first container of that name, and leaves out pods without it', () => {
    const pods = [
      usage('a', { name: 'app', usage: '1' }, { name: 'app', usage: '2' }),
      usage('b', { name: 'mesh', usage: '1' }),
      usage('c', { name: 'app' }),
    ];
    const samples = containerResourceSamples({ kind: 'resource', pods }, 'app');
    expect([...samples].map(([pod, { valueMilli }]) => [pod, valueMilli])).toEqual([['a', 1000]]);
  });
});

describe('podMetricSamples', () => {
  test('takes the last of several values, with a window of a minute unless told', () => {
    const values = [
      { pod: 'a', value: '1', atMs: 5000 },
      { pod: 'a', value: '2', atMs: 4000 },
      { pod: 'b', value: '3', atMs: 3000, windowMs: 1000 },
    ];
    const samples = podMetricSamples({ kind: 'pods', values });
    expect(samples.get('a')).toEqual({ valueMilli: 2000, atMs: 4000, windowMs: 60_000 });
    expect(samples.get('b')?.windowMs).toBe(1000);
    expect(oldestSampleAtMs(samples)).toBe(3000);
  });
});

test('oldestSampleAtMs of nothing is undefined', () => {
  expect(oldestSampleAtMs(new Map())).toBeUndefined();
});
