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
    expect(oldestSampleAtMs(new Map([...samples].toReversed()))).toBe(3000);
  });
});

test.each([
  [{ usage: 'x' }, { code: 'ERR_HPA_OBSERVATION', place: { field: 'usage of pod a' } }],
  [{ atMs: Number.NaN }, { place: { field: 'time of the sample of pod a' } }],
  [{ windowMs: Infinity }, { place: { field: 'window of the sample of pod a' } }],
])('names the pod and what of its sample cannot be: %j', (changes, problem) => {
  const pods = [{ ...usage('a', { name: 'app', usage: '1', ...changes }), ...changes }];
  const reading = { kind: 'resource', pods } as const;
  expect(() => podResourceSamples(reading)).toThrow(expect.objectContaining(problem));
  expect(() => containerResourceSamples(reading, 'app')).toThrow(expect.objectContaining(problem));
});

test('names the pod whose value is no quantity', () => {
  const values = [{ pod: 'a', value: 'x', atMs: 0 }];
  expect(() => podMetricSamples({ kind: 'pods', values })).toThrow(
    expect.objectContaining({ place: { field: 'value of pod a' } }),
  );
});

test('oldestSampleAtMs of nothing is undefined', () => {
  expect(oldestSampleAtMs(new Map())).toBeUndefined();
});
