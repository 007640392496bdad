import { missing, observed } from '@bellows/core';
import { expect, test } from 'vitest';
import {
  createResourceMetrics,
  type ContainerSample,
  type ResourceMetrics,
} from '../../src/resource/resource-metrics.ts';

const START_MS = 1_700_000_000_000;
const NOW_MS = START_MS + 31_000;
const KIB = 1024;

function containerAt(container: string, second: number, cores: number): ContainerSample {
  const atMs = START_MS + second * 1000;
  return {
    container,
    startedAtMs: START_MS,
    cpuSecondsTotal: observed(second * cores, atMs),
    memoryWorkingSetBytes: observed(45_600 * KIB, atMs),
  };
}

function run(metrics: ResourceMetrics, uid: string, toSecond: number): void {
  for (let second = 1; second <= toSecond; second += 1) {
    metrics.record(uid, [containerAt('app', second, 0.25), containerAt('sidecar', second, 0.001)]);
  }
}

test('a pod’s use is that of each container, in metrics-server’s quantities', () => {
  const metrics = createResourceMetrics();
  run(metrics, 'uid-1', 30);
  expect(metrics.podUsage('uid-1', NOW_MS)).toEqual({
    atMs: START_MS + 30_000,
    windowSeconds: 15,
    containers: [
      { name: 'app', cpu: '250000000n', memory: '45600Ki' },
      { name: 'sidecar', cpu: '1000000n', memory: '45600Ki' },
    ],
  });
});

test('one container without figures makes the pod missing', () => {
  const metrics = createResourceMetrics();
  run(metrics, 'uid-1', 30);
  metrics.record('uid-1', [
    containerAt('app', 31, 0.25),
    { ...containerAt('sidecar', 31, 0.001), memoryWorkingSetBytes: missing('no such process') },
  ]);
  expect(metrics.podUsage('uid-1', NOW_MS)).toEqual(missing('container sidecar: no such process'));
});

test('a container that appears later makes the pod missing until it has a window of its own', () => {
  const metrics = createResourceMetrics();
  metrics.record('uid-1', [containerAt('app', 20, 0.25)]);
  expect(metrics.podUsage('uid-1', NOW_MS)).toMatchObject({ windowSeconds: 20 });
  metrics.record('uid-1', [
    containerAt('app', 21, 0.25),
    { ...containerAt('sidecar', 21, 0.001), startedAtMs: START_MS + 20_000 },
  ]);
  expect(metrics.podUsage('uid-1', NOW_MS)).toEqual(
    missing('container sidecar: sampled for 1 s, needs 10 s'),
  );
});

test('a memory size that is no whole number of KiB is told in bytes', () => {
  const metrics = createResourceMetrics();
  metrics.record('uid-1', [
    {
      ...containerAt('app', 20, 0),
      memoryWorkingSetBytes: observed(45_600_001, START_MS + 20_000),
    },
  ]);
  expect(metrics.podUsage('uid-1', NOW_MS)).toMatchObject({
    containers: [{ cpu: '0n', memory: '45600001' }],
  });
});

test('a pod without samples is missing, and so is one that was forgotten', () => {
  const metrics = createResourceMetrics();
  run(metrics, 'uid-1', 30);
  run(metrics, 'uid-2', 30);
  metrics.retain(['uid-2', 'uid-3']);
  expect(metrics.podUsage('uid-1', NOW_MS)).toEqual(missing('no container has been sampled yet'));
  expect(metrics.podUsage('uid-2', NOW_MS)).toMatchObject({ windowSeconds: 15 });
  expect(metrics.podUsage('uid-3', NOW_MS)).toEqual(missing('no container has been sampled yet'));
});

test('a container that does not run any more is left out, and the others are the pod’s use', () => {
  const metrics = createResourceMetrics();
  run(metrics, 'uid-1', 30);
  metrics.record('uid-1', [containerAt('app', 31, 0.25)]);
  expect(metrics.podUsage('uid-1', NOW_MS)).toMatchObject({ containers: [{ name: 'app' }] });
});

test('a pod that was not sampled for a minute is missing', () => {
  const metrics = createResourceMetrics();
  run(metrics, 'uid-1', 30);
  expect(metrics.podUsage('uid-1', START_MS + 90_000)).toMatchObject({ windowSeconds: 15 });
  expect(metrics.podUsage('uid-1', START_MS + 91_000)).toEqual(missing('last sampled 61 s ago'));
});
