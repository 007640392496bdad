import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineHas, temporaryDirectory } from '@bellows/testkit';
import { createLogs } from '../../src/output/logs.ts';

test.runIf(machineHas('linux'))(
  'writes a file for each container, and names the pod of an error',
  async () => {
    await using folder = await temporaryDirectory();
    const errors: string[] = [];
    const logs = createLogs(folder.path, (pod) => errors.push(pod));
    await logs.start();
    await symlink('/dev/full', join(folder.path, 'logs', 'pod-2_app.log'));
    logs.open('pod-1', 'app').write('hello');
    logs.open('pod-2', 'app').write('lost');
    logs.close('pod-1');
    await logs.stop();
    expect(await readFile(join(folder.path, 'logs', 'pod-1_app.log'), 'utf8')).toBe('hello\n');
    expect(errors).toEqual(['pod-2']);
  },
);
