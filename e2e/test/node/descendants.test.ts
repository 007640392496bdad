import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { machineHas, waitUntil } from '@bellows/testkit';
import { descendants } from '../../src/node/descendants.ts';

test.runIf(machineHas('linux'))(
  'names children and theirs, and none of a process that is gone',
  async () => {
    const shell = spawn('sh', ['-c', 'sh -c "sleep 60; :" & wait'], { detached: true });
    const pid = shell.pid ?? 0;
    const all = await waitUntil(
      'three processes',
      () => {
        const found = descendants(pid);
        return found.length === 2 && found;
      },
      { timeoutMs: 30_000 },
    );
    expect(all).not.toContain(pid);
    process.kill(-pid, 'SIGKILL');
    await once(shell, 'close');
    expect(descendants(pid)).toEqual([]);
  },
);
