import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createRepeatedWork } from '../../src/loop/repeated-work.ts';

const LONG = { timeoutMs: 30_000 };

test('runs again after success and after failure, and tells of failures', async () => {
  let runs = 0;
  const errors: unknown[] = [];
  const work = createRepeatedWork({
    run: () => {
      runs += 1;
      return runs % 2 === 0 ? Promise.reject(new Error(`run ${runs}`)) : Promise.resolve();
    },
    ...{ intervalMs: 1, initialBackOffMs: 1, maxBackOffMs: 2 },
    onError: (error) => errors.push(error),
  });
  work.start();
  work.start();
  await work.triedOnce;
  await waitUntil('five runs', () => runs >= 5, LONG);
  expect(errors.length).toBeGreaterThanOrEqual(2);
  await work.stop();
  const last = runs;
  work.start();
  expect(runs).toBe(last);
});

test('ends the run under way when it is stopped, which is no failure', async () => {
  const errors: unknown[] = [];
  const work = createRepeatedWork({
    run: (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      }),
    intervalMs: 1,
    onError: (error) => errors.push(error),
  });
  work.start();
  await work.stop();
  await work.triedOnce;
  await work.stop();
  expect(errors).toEqual([]);
});
