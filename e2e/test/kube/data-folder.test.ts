import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@bellows/testkit';
import { makeDataFolder } from '../../src/kube/data-folder.ts';

test('removes the folder of a process that is gone, and no other', async () => {
  await using parent = await temporaryDirectory();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const folderOf = (name: string, owner: string): string => {
    const folder = join(parent.path, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'owner'), owner);
    return folder;
  };
  const left = folderOf('bellows-kube-left', String(pid));
  const other = folderOf('other', String(pid));
  const used = makeDataFolder(parent.path);
  const own = makeDataFolder(parent.path);
  expect([left, other, used, own].map((folder) => existsSync(folder))).toEqual([
    ...[false, true, true, true],
  ]);
});
