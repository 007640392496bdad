import { missing, observed } from '@bellows/core';
import type { ContainerUsage } from '@bellows/kubelet';
import { beforeEach, expect, test } from 'vitest';
import { createUsageSampler } from '../../src/signals/usage-sampler.ts';
import { NOW_MS, podStatus } from '../fixtures/objects.ts';

const pod = podStatus({ name: 'a', startTimeMs: NOW_MS });
let sampled: string[];
beforeEach(() => {
  sampled = [];
});

/** One CPU second each 5 s. */
function usage(uid: string): ContainerUsage[] {
  sampled.push(uid);
  const atMs = NOW_MS + sampled.length * 5000;
  return [
    {
      container: 'app',
      cpuSecondsTotal: observed(sampled.length, atMs),
      memoryWorkingSetBytes: observed(2048, atMs),
    },
  ];
}

test('each pod is sampled every 5 s and its use told over a window', () => {
  const sampler = createUsageSampler(usage);
  expect(sampler.podUsage('uid-a', NOW_MS + 15_000)).toEqual(
    missing('no container has been sampled yet'),
  );
  for (let second = 0; second <= 10; second += 1) {
    sampler.sample([pod], NOW_MS + second * 1000 + (second % 2) * 20);
  }
  expect(sampled).toHaveLength(3);
  expect(sampler.podUsage('uid-a', NOW_MS + 15_000)).toEqual({
    atMs: NOW_MS + 15_000,
    windowSeconds: 15,
    containers: [{ name: 'app', cpu: '200000000n', memory: '2Ki' }],
  });
});

test('a pod that does not run is not sampled', () => {
  createUsageSampler(usage).sample([podStatus({ phase: 'Pending' })], NOW_MS);
  expect(sampled).toEqual([]);
});

test('a pod that is gone is forgotten', () => {
  const sampler = createUsageSampler(usage);
  sampler.sample([pod], NOW_MS);
  sampler.retain(new Set());
  expect(sampler.podUsage('uid-a', NOW_MS + 15_000)).toEqual(
    missing('no container has been sampled yet'),
  );
  sampler.sample([pod], NOW_MS + 1000);
  expect(sampled).toHaveLength(2);
});
