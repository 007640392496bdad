import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAlive, machineHas, waitUntil } from '@bellows/testkit';
import { createGuardian } from '../../src/process/guardian.ts';
import { pidOf } from '../support/pid-of.ts';

/** Ids of the guardians whose parent is this process. */
function ownGuardians(): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'ppid=,pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(
      ([parent, , ...words]) =>
        Number(parent) === process.pid && words.join(' ').includes('guardian.cjs'),
    )
    .map(([, pid]) => Number(pid));
}

test('ends without ending anything when it is told to, twice if need be', async () => {
  const guardian = createGuardian();
  await guardian.start();
  const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const uid = randomUUID();
  guardian.addPod(uid);
  guardian.addGroup(uid, pidOf(bystander));
  const pid = await waitUntil('the guardian', () => ownGuardians()[0]);
  await guardian.stop();
  await guardian.stop();
  expect(isAlive(pid)).toBe(false);
  expect(isAlive(pidOf(bystander))).toBe(true);
  bystander.kill('SIGKILL');
});

/** Whether the process has a handler for SIGHUP: it has come far enough to be deaf to it. */
function handlesHangUp(pid: number): boolean {
  const mask = /SigCgt:\s*([0-9a-f]+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (BigInt(`0x${mask ?? '0'}`) & 1n) === 1n;
}

test.runIf(machineHas('linux'))('does not end by the signals of a terminal', async () => {
  const guardian = createGuardian();
  await guardian.start();
  const pid = await waitUntil('the guardian', () => ownGuardians()[0]);
  await waitUntil('the handlers', () => handlesHangUp(pid));
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.kill(pid, signal);
  const uid = randomUUID();
  guardian.addPod(uid);
  guardian.removePod(uid);
  expect(ownGuardians()).toEqual([pid]);
  await guardian.stop();
});

test.runIf(machineHas('linux'))(
  'one that was killed is replaced and told everything again',
  async () => {
    const guardian = createGuardian();
    await guardian.start();
    const uid = randomUUID();
    guardian.addPod(uid);
    const first = await waitUntil('the guardian', () => ownGuardians()[0]);
    process.kill(first, 'SIGKILL');
    const second = await waitUntil('another guardian', () =>
      ownGuardians().find((pid) => pid !== first),
    );
    expect(isAlive(second)).toBe(true);
    await guardian.stop();
    expect(isAlive(second)).toBe(false);
  },
);

test.runIf(machineHas('linux'))('one that a signal has stopped is killed', async () => {
  const guardian = createGuardian();
  await guardian.start();
  const pid = await waitUntil('the guardian', () => ownGuardians()[0]);
  process.kill(pid, 'SIGSTOP');
  await guardian.stop();
  expect(isAlive(pid)).toBe(false);
});

test('a stop while it is being started leaves none behind', async () => {
  const guardian = createGuardian();
  const starting = guardian.start();
  await guardian.stop();
  await starting;
  expect(ownGuardians()).toEqual([]);
});
