import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  isAlive,
  machineHas,
  pidsWithEnvironment,
  temporaryDirectory,
  waitUntil,
} from '@bellows/testkit';
import { fixture } from '../support/pods.ts';
import { transpiledKubelet } from '../support/transpiled-kubelet.ts';

describe.runIf(machineHas('linux'))('kill -9 of the supervisor', () => {
  test('leaves no process, not even one that left its session and ignores SIGTERM', async () => {
    await using folder = await temporaryDirectory();
    const uid = randomUUID();
    const words = [
      await transpiledKubelet(folder.path),
      folder.path,
      uid,
      process.execPath,
      fixture('stubborn.mjs'),
    ];
    const supervisor = spawn(process.execPath, [fixture('supervisor.mjs'), ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    supervisor.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await waitUntil('the stray runs', () => output.includes('stray'));
    const pids = pidsWithEnvironment('BELLOWS_POD_UID', uid);
    expect(pids).toHaveLength(2);
    const guardian = await waitUntil('the guardian', () => guardianOf(supervisor.pid));
    supervisor.kill('SIGKILL');
    await waitUntil('all have ended', () => pids.every((pid) => !isAlive(pid)));
    expect(pidsWithEnvironment('BELLOWS_POD_UID', uid)).toEqual([]);
    await waitUntil('the guardian has ended', () => !isAlive(guardian));
  });
});

/** The guardian's process id. */
function guardianOf(supervisorPid: number | undefined): number | undefined {
  const { stdout } = spawnSync('ps', ['-eo', 'ppid=,pid=,args='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
  const row = rows.find(
    ([parent, , ...words]) =>
      Number(parent) === supervisorPid && words.join(' ').includes('guardian.cjs'),
  );
  return row === undefined ? undefined : Number(row[1]);
}
