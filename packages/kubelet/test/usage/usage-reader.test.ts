import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { FakeClock, machineHas, waitUntil } from '@bellows/testkit';
import { readProcessStats, TICKS_PER_SECOND } from '../../src/process/process-stat.ts';
import { pidOf } from '../support/pid-of.ts';
import { createUsageReader, READING_LIFETIME_MS } from '../../src/usage/usage-reader.ts';

test.runIf(machineHas('linux'))(
  'reads the CPU and memory of a tree, with a child of it',
  async () => {
    // The shell waits for a child that burns CPU and then ends: its time must stay in the account.
    const burn = 'while (process.cpuUsage().user < 3e5); Buffer.alloc(1e7, 1)';
    const child = spawn('sh', ['-c', `'${process.execPath}' -e '${burn}'; echo done; sleep 60`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = pidOf(child);
    const clock = new FakeClock();
    const reader = createUsageReader(clock.now);
    reader.add(pid);
    const secondsNow = (): number => {
      clock.advanceMs(READING_LIFETIME_MS);
      const { cpuSecondsTotal } = reader.read(pid);
      return cpuSecondsTotal.kind === 'value' ? cpuSecondsTotal.value : -1;
    };
    let done = false;
    child.stdout.on('data', () => (done = true));
    const seen: number[] = [];
    await waitUntil('the child has ended', () => {
      seen.push(secondsNow());
      return done;
    });
    const after = secondsNow();
    expect(after).toBeGreaterThanOrEqual(0.29);
    const shell = readProcessStats().find((stat) => stat.pid === pid);
    const exactTicks = (shell?.ownTicks ?? 0) + (shell?.childTicks ?? 0);
    expect(Math.abs(after - exactTicks / TICKS_PER_SECOND)).toBeLessThan(0.05);
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
    const { memoryWorkingSetBytes } = reader.read(pid);
    expect(memoryWorkingSetBytes.kind === 'value' && memoryWorkingSetBytes.value > 100_000).toBe(
      true,
    );
    process.kill(-pid, 'SIGKILL');
    await waitUntil('missing', () => {
      clock.advanceMs(READING_LIFETIME_MS);
      return reader.read(pid).cpuSecondsTotal.kind === 'missing';
    });
  },
);

test('a tree that was not added is missing, not zero', () => {
  const usage = createUsageReader().read(process.pid);
  expect(usage.cpuSecondsTotal.kind).toBe('missing');
  expect(usage.memoryWorkingSetBytes.kind).toBe('missing');
});

test.runIf(machineHas('linux'))('uses a reading again for its lifetime', () => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const pid = pidOf(child);
  const clock = new FakeClock();
  const reader = createUsageReader(clock.now);
  reader.add(pid);
  const first = reader.read(pid).cpuSecondsTotal;
  expect(first).toMatchObject({ kind: 'value', atMs: clock.now() });
  clock.advanceMs(READING_LIFETIME_MS - 1);
  expect(reader.read(pid).cpuSecondsTotal).toEqual(first);
  clock.advanceMs(1);
  expect(reader.read(pid).cpuSecondsTotal).toMatchObject({ kind: 'value', atMs: clock.now() });
  child.kill('SIGKILL');
});
