import { once } from 'node:events';
import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { createTermination } from '../../src/container/termination.ts';

function bench(graceMs: number, hook?: (limits: { signal: AbortSignal }) => Promise<void>) {
  const startMs = Date.now();
  const told: string[] = [];
  const timesMs: number[] = [];
  const tell = (what: string): void => {
    told.push(what);
    timesMs.push(Date.now() - startMs);
  };
  const termination = createTermination({
    process: {
      pid: 1,
      signal: tell,
      killAll: () => {
        tell('kill');
      },
    },
    preStop: hook,
    graceMs,
  });
  return { termination, told, timesMs };
}

test('without grace kills at once', () => {
  expect(bench(0).told).toEqual(['kill']);
});

test('sends SIGTERM at once, and kills two seconds later at the soonest', async () => {
  const { told, timesMs } = bench(100);
  expect(told).toEqual(['SIGTERM']);
  await waitUntil('the kill', () => told.includes('kill'));
  expect(timesMs[1]).toBeGreaterThanOrEqual(1990);
});

test('a hurry to nothing kills at once, once', () => {
  const { termination, told } = bench(60_000);
  termination.shorten(0);
  termination.shorten(0);
  expect(told).toEqual(['SIGTERM', 'kill']);
  termination.finished();
});

test('a longer time changes nothing', async () => {
  const { termination, told } = bench(2000);
  termination.shorten(60_000);
  await waitUntil('the kill', () => told.includes('kill'));
});

test('ends the hook early when its container has ended, and sends nothing more', async () => {
  let ended = false;
  const { termination, told } = bench(60_000, async ({ signal }) => {
    await once(signal, 'abort');
    ended = true;
  });
  termination.finished();
  await waitUntil('the end of the hook', () => ended);
  expect(told).toEqual([]);
});

test('a hurry to nothing during the hook kills and sends no SIGTERM afterwards', async () => {
  let ended = false;
  const { termination, told } = bench(60_000, async ({ signal }) => {
    await once(signal, 'abort');
    ended = true;
  });
  termination.shorten(0);
  await waitUntil('the end of the hook', () => ended);
  expect(told).toEqual(['kill']);
});
