import { expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { createSyncLoop } from '../../src/autoscaler/sync-loop.ts';

const rethrow = (error: unknown): never => {
  throw error;
};

test('the first step runs at once, the next a period later', async () => {
  const times: number[] = [];
  const loop = createSyncLoop(50, (nowMs) => times.push(nowMs), rethrow);
  loop.start();
  loop.start();
  expect(times).toHaveLength(1);
  await waitUntil('a third step', () => times.length >= 3);
  loop.stop();
  loop.stop();
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(49);
});

test('a step may stop its own loop', () => {
  let steps = 0;
  const loop = createSyncLoop(
    0,
    () => {
      steps += 1;
      loop.stop();
    },
    rethrow,
  );
  loop.start();
  expect(steps).toBe(1);
});

test('a step that throws is told, and the next one runs', async () => {
  const errors: unknown[] = [];
  let steps = 0;
  const loop = createSyncLoop(
    0,
    () => {
      steps += 1;
      if (steps < 3) throw new Error(`step ${steps}`);
    },
    (error) => errors.push(error),
  );
  loop.start();
  await waitUntil('a third step', () => steps >= 3);
  loop.stop();
  expect(errors).toEqual([new Error('step 1'), new Error('step 2')]);
});
