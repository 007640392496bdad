import { expect, test } from 'vitest';
import { TimeLimitError, timerDelayMs, withTimeLimit } from '../src/time-limit.ts';

test('a delay stays within what a timer can count', () => {
  expect([-1, 20.5, Infinity].map(timerDelayMs)).toEqual([0, 20.5, 2_147_483_647]);
});

test('work in time is passed on, whichever way it ends', async () => {
  const limit = { timeoutMs: 60_000, keepsAlive: false };
  expect(await withTimeLimit(Promise.resolve('done'), limit)).toBe('done');
  await expect(withTimeLimit(Promise.reject(new Error('no')), limit)).rejects.toThrow('no');
});

test('work that takes longer is given up', async () => {
  const endless = new Promise<never>(() => undefined);
  const given = withTimeLimit(endless, { timeoutMs: 10, keepsAlive: true });
  await expect(given).rejects.toThrow(TimeLimitError);
  await expect(given).rejects.toThrow('it took longer than 0.01 s');
});
