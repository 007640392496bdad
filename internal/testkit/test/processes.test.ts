import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { isAlive, machineHas, pidsWithEnvironment, waitUntil } from '../src/index.ts';

describe.runIf(machineHas('linux'))('processes', () => {
  test('a process is alive until it has ended, and is found by its environment', async () => {
    const mark = `mark-${String(process.pid)}`;
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      env: { ...process.env, TESTKIT_MARK: mark },
      stdio: 'ignore',
    });
    const exited = once(child, 'exit');
    const pid = await waitUntil('the child', () => child.pid);
    expect(
      await waitUntil('its environment', () => pidsWithEnvironment('TESTKIT_MARK', mark)[0]),
    ).toBe(pid);
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await exited;
    expect(isAlive(pid)).toBe(false);
    expect(pidsWithEnvironment('TESTKIT_MARK', mark)).toEqual([]);
  });
});
