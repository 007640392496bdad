import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isAlive, machineHas, pidsWithEnvironment, waitUntil } from '@bellows/testkit';
import { createSweeper } from '../../src/process/sweeper.ts';
import { pidOf } from '../support/pid-of.ts';

/** A shell with a child in its group, one in a group of its own and one in a session of its own. */
async function family(mark: string): Promise<{ mainPid: number; pids: number[] }> {
  const script = 'sleep 60 & setsid sleep 60 & set -m; sleep 60 & echo ready; wait';
  const child = spawn('bash', ['-c', script], {
    detached: true,
    env: { PATH: process.env['PATH'], MARK: mark },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  // A child that has not come to its program yet shows no environment.
  const pids = await waitUntil('all four', () => {
    const found = pidsWithEnvironment('MARK', mark);
    return found.length === 4 && found;
  });
  return { mainPid: pidOf(child), pids };
}

test.runIf(machineHas('linux'))('ends whole families, and no other process', async () => {
  const sweeper = createSweeper();
  const marks = [randomUUID(), randomUUID(), randomUUID()];
  const [first, second, bystander] = await Promise.all(marks.map(family));
  await Promise.all(
    [first, second].map((one, index) =>
      sweeper.sweep({ mainPid: one!.mainPid, mark: `MARK=${marks[index] ?? ''}` }),
    ),
  );
  for (const pid of [...(first?.pids ?? []), ...(second?.pids ?? [])])
    expect(isAlive(pid)).toBe(false);
  expect(bystander?.pids.every(isAlive)).toBe(true);
  await sweeper.sweep({ mainPid: bystander!.mainPid, mark: `MARK=${marks[2] ?? ''}` });
});

test.runIf(machineHas('linux'))(
  'a second sweep of the same remains ends with the first',
  async () => {
    const sweeper = createSweeper();
    const mark = randomUUID();
    const { mainPid } = await family(mark);
    const remains = { mainPid, mark: `MARK=${mark}` };
    await Promise.all([sweeper.sweep(remains), sweeper.sweep(remains)]);
    expect(isAlive(mainPid)).toBe(false);
  },
);
