import { createHook } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@bellows/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { MetricsView } from '../../src/admin/metrics-view.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';
import { ThreadPoolSampler } from '../../src/runtime-metrics/thread-pool-wait.ts';

/** Threads of libuv's pool, unless the environment says otherwise. */
const POOL_SIZE = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
const HELD_MS = 300;

/** Holds every thread of the pool: each opens a pipe that nobody writes to. @returns what lets go of them. */
function holdPool(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bellows-pool-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const readers: Promise<FileHandle>[] = Array.from({ length: POOL_SIZE }, () => open(path, 'r'));
  return async () => {
    const writer = openSync(path, 'w');
    for (const reader of await Promise.all(readers)) await reader.close();
    closeSync(writer);
    rmSync(folder, { recursive: true });
  };
}

test('a task that finds no thread of the pool free counts with its whole wait', async () => {
  let isTaskGiven = false;
  const tasks = createHook({
    init: (_id, type) => {
      isTaskGiven ||= type === 'RANDOMBYTESREQUEST';
    },
  }).enable();
  const registry = new MetricRegistry(10);
  const sampler = new ThreadPoolSampler(registry);
  onTestFinished(() => {
    sampler.stop();
    tasks.disable();
  });
  const read = (name: string): number =>
    [...new MetricsView(registry.journal.entries).families(0)]
      .flatMap((family) => family.samples)
      .find((sample) => sample.name.endsWith(name))!.value;

  const letGo = holdPool();
  try {
    sampler.start();
    await waitUntil('a task of the sampler', () => isTaskGiven);
    const sinceMs = performance.now();
    await waitUntil('its wait to get long', () => performance.now() - sinceMs >= HELD_MS);
    expect(read('_count')).toBe(0);
  } finally {
    await letGo();
  }
  await waitUntil('the wait to be counted', () => read('_count') > 0);
  expect(read('_sum')).toBeGreaterThanOrEqual(HELD_MS / 1000);
});
