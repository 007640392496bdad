import { expect, test } from 'vitest';
import {
  backOffAfterRestart,
  restartDelayMs,
  type RestartBackOff,
} from '../../src/container/restart-back-off.ts';

/** Delays in seconds of a container that always runs for `runSeconds`. */
function delaysOf(runSeconds: number, restarts: number): number[] {
  let backOff: RestartBackOff | undefined;
  let nowMs = 0;
  return Array.from({ length: restarts }, () => {
    const finishedAtMs = nowMs + runSeconds * 1000;
    const delayMs = restartDelayMs(backOff, finishedAtMs);
    nowMs = finishedAtMs + delayMs;
    backOff = backOffAfterRestart(backOff, finishedAtMs, nowMs);
    return delayMs / 1000;
  });
}

test('restarts at once, then after 10 s, doubled to 5 minutes', () => {
  expect(delaysOf(1, 8)).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

test('begins again after more than ten minutes of running', () => {
  expect(delaysOf(600, 4)).toEqual([0, 10, 20, 40]);
  expect(delaysOf(601, 4)).toEqual([0, 0, 0, 0]);
});

test('a crash soon after a long run waits as the first time', () => {
  const long = backOffAfterRestart({ delayMs: 300_000, lastRestartMs: 0 }, 601_000, 601_000);
  expect(restartDelayMs(long, 602_000)).toBe(10_000);
});
