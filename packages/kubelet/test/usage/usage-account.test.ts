import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { UsageAccount } from '../../src/usage/usage-account.ts';

const process = (pid: number, ownTicks: number, childTicks = 0, startTicks = 0) => ({
  pid,
  parentPid: pid === 1 ? 0 : 1,
  sessionId: 1,
  ownTicks,
  childTicks,
  startTicks,
});

describe('UsageAccount', () => {
  test('counts a child once, when its parent takes over its time at once', () => {
    const account = new UsageAccount();
    account.observe([process(1, 100), process(2, 50)]);
    expect(account.cpuSecondsTotal).toBe(1.5);
    account.observe([process(1, 100, 55)]);
    expect(account.cpuSecondsTotal).toBe(1.55);
  });

  test('counts a child once, when its parent takes over its time later', () => {
    const account = new UsageAccount();
    account.observe([process(1, 100), process(2, 50)]);
    account.observe([process(1, 100)]);
    expect(account.cpuSecondsTotal).toBe(1.5);
    account.observe([process(1, 110, 50)]);
    expect(account.cpuSecondsTotal).toBe(1.6);
  });

  test('counts children that lived between two looks', () => {
    const account = new UsageAccount();
    account.observe([process(1, 100)]);
    account.observe([process(1, 100, 70)]);
    expect(account.cpuSecondsTotal).toBe(1.7);
  });

  test('keeps the time of a child that nobody waits for, and goes on counting', () => {
    const account = new UsageAccount();
    account.observe([process(1, 100), process(2, 50)]);
    account.observe([process(1, 110)]);
    account.observe([process(1, 140)]);
    expect(account.cpuSecondsTotal).toBe(1.9);
  });

  test('hands the account of a whole branch on to the parent that is left', () => {
    const account = new UsageAccount();
    const branch = [process(2, 30), { ...process(3, 50), parentPid: 2 }];
    account.observe([process(1, 0), ...branch]);
    account.observe([process(1, 0, 80)]);
    expect(account.cpuSecondsTotal).toBe(0.8);
  });

  test('tells a process number that is used again', () => {
    const account = new UsageAccount();
    account.observe([process(1, 0), process(2, 50, 0, 1)]);
    account.observe([process(1, 0, 50), process(2, 30, 0, 2)]);
    expect(account.cpuSecondsTotal).toBe(0.8);
  });

  test('never falls, whatever it is shown', () => {
    const tick = fc.nat(1000);
    const looks = fc.array(fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), tick, tick, tick)));
    fc.assert(
      fc.property(looks, (all) => {
        const account = new UsageAccount();
        let last = 0;
        for (const look of all) {
          account.observe(look.map((fields) => process(...fields)));
          expect(account.cpuSecondsTotal).toBeGreaterThanOrEqual(last);
          last = account.cpuSecondsTotal;
        }
      }),
    );
  });
});
