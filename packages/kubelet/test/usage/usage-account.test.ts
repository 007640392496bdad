import { expect, test } from 'vitest';
import { UsageAccount } from '../../src/usage/usage-account.ts';

const process = (pid: number, cpuTicks: number) => ({
  pid,
  parentPid: 1,
  sessionId: 1,
  cpuTicks,
  startTicks: 0,
});

test('adds up the living, and does not fall when a child ends unseen', () => {
  const account = new UsageAccount();
  account.observe([process(1, 100), process(2, 50)]);
  expect(account.cpuSecondsTotal).toBe(1.5);
  account.observe([process(1, 110)]);
  expect(account.cpuSecondsTotal).toBe(1.5);
  account.observe([process(1, 140)]);
  expect(account.cpuSecondsTotal).toBe(1.8);
});

test('counts a child once when its parent takes over its time', () => {
  const account = new UsageAccount();
  account.observe([process(1, 100), process(2, 50)]);
  account.observe([process(1, 155)]);
  expect(account.cpuSecondsTotal).toBe(1.55);
});
