import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@bellows/testkit';
import { createLogFolder, MAX_LOG_FILES, removeOldLogs } from '../../src/output/log-folder.ts';

test('removes the oldest logs, but none that is in use and no other file', async () => {
  await using folder = await temporaryDirectory();
  await createLogFolder(folder.path);
  await writeFile(join(folder.path, 'notes.txt'), '');
  for (let file = 0; file < MAX_LOG_FILES + 3; file++) {
    const path = join(folder.path, `pod-${file}_app.log${file === 1 ? '.1' : ''}`);
    await writeFile(path, '');
    await utimes(path, file + 1, file + 1);
  }
  await removeOldLogs(folder.path, (path) => path.endsWith('pod-1_app.log'));
  const left = await readdir(folder.path);
  expect(left).toHaveLength(MAX_LOG_FILES + 2);
  expect(left).toContain('notes.txt');
  expect(left).toContain('pod-1_app.log.1');
  expect(left).not.toContain('pod-0_app.log');
  expect(left).not.toContain('pod-2_app.log');
});

test('a folder that cannot be made is named, with a remedy', async () => {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'file');
  await writeFile(file, '');
  await expect(createLogFolder(join(file, 'logs'))).rejects.toMatchObject({
    code: 'ERR_KUBELET_STATE_DIRECTORY',
    place: { file: join(file, 'logs') },
  });
});

test('a folder that is gone is no error', async () => {
  await removeOldLogs('/no/such/folder', () => false);
});
