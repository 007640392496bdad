import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, type TemporaryDirectory } from '@bellows/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireProcessLock } from '../../src/run/process-lock.ts';

let folder: TemporaryDirectory;
beforeEach(async () => {
  folder = await temporaryDirectory();
});
afterEach(() => folder[Symbol.asyncDispose]());

const holderFile = (): string => join(folder.path, 'supervisor.json');

test('a folder is held until it is given free', () => {
  const lock = acquireProcessLock(folder.path);
  expect(() => acquireProcessLock(folder.path)).toThrow(
    expect.objectContaining({
      code: 'ERR_SUPERVISOR_ALREADY_RUNNING',
      message: `${folder.path} is in use by process ${process.pid}: one supervisor runs per folder`,
    }),
  );
  lock.release();
  lock.release();
  acquireProcessLock(folder.path).release();
});

test('a folder that is not there is made, and only the lock’s file taken away again', async () => {
  const path = join(folder.path, 'deep', '.bellows');
  acquireProcessLock(path).release();
  expect(await readdir(path)).toEqual([]);
});

test('what a dead process left is taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeFileSync(holderFile(), JSON.stringify({ pid: child.pid, startTime: '1' }));
  acquireProcessLock(folder.path).release();
});

test('a pid that now belongs to another process does not hold', () => {
  writeFileSync(holderFile(), JSON.stringify({ pid: process.pid, startTime: '1' }));
  acquireProcessLock(folder.path).release();
});

test.each(['', '{', 'null', '{"pid":-1}', '{"pid":"x"}'])(
  'a file holding %j holds nothing',
  (text) => {
    writeFileSync(holderFile(), text);
    acquireProcessLock(folder.path).release();
  },
);

test('a folder that cannot be made is an error that says so', () => {
  writeFileSync(join(folder.path, 'file'), '');
  expect(() => acquireProcessLock(join(folder.path, 'file', '.bellows'))).toThrow(
    expect.objectContaining({ code: 'ERR_SUPERVISOR_STATE_DIRECTORY' }),
  );
});
