import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@bellows/testkit';
import { machineEnvironment, requireFirst } from '../../src/environment/machine-environment.ts';

test('passes on what finds tools and language, no secret and no NODE_OPTIONS of the shell', () => {
  const shell = {
    PATH: '/bin',
    LC_ALL: 'C',
    AWS_SECRET_ACCESS_KEY: 'x',
    PORT: '1',
    NODE_OPTIONS: '--inspect=9229',
    HOME: undefined,
  };
  expect(Object.fromEntries(machineEnvironment(shell))).toEqual({ PATH: '/bin', LC_ALL: 'C' });
});

test.each(['plain', 'with space', 'with "quote" and \\'])(
  'NODE_OPTIONS load a file in the folder "%s", before the manifest’s own',
  async (name) => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, name, 'a.cjs');
    await mkdir(join(folder.path, name));
    await writeFile(file, 'console.log("loaded", process.title)');
    const { stdout } = spawnSync(process.execPath, ['-e', ''], {
      env: { NODE_OPTIONS: requireFirst(file, '--title=mine') },
      encoding: 'utf8',
    });
    expect(stdout).toBe('loaded mine\n');
  },
);
