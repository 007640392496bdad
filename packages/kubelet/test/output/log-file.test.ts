import { readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machineHas, temporaryDirectory } from '@bellows/testkit';
import { createLogFile, MAX_LOG_BYTES } from '../../src/output/log-file.ts';

const fail = (error: unknown): void => {
  throw error;
};

test('appends lines in order', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'a.log');
  const log = createLogFile(path, fail);
  log.write('one');
  await log.flush();
  log.write('two');
  log.write('three');
  await log.flush();
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
});

test('moves a full file aside and keeps two at most', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'a.log');
  const log = createLogFile(path, fail);
  const line = 'x'.repeat(512 * 1024);
  for (let written = 0; written < 3 * MAX_LOG_BYTES; written += line.length) {
    log.write(line);
    await log.flush();
  }
  const sizes = [(await stat(path)).size, (await stat(`${path}.1`)).size];
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_LOG_BYTES + line.length + 1);
});

test('drops lines that a slow disk leaves waiting, and says how many', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'a.log');
  const log = createLogFile(path, fail);
  for (let line = 0; line < 30; line++) log.write('x'.repeat(100_000));
  await log.flush();
  expect(await readFile(path, 'utf8')).toMatch(/… \d+ lines dropped: the disk is too slow\n/);
});

test('what waits is counted in bytes, whatever the characters', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'a.log');
  const log = createLogFile(path, fail);
  log.write('first: being written');
  const waiting = 'ä'.repeat(50_000);
  for (let line = 0; line < 15; line++) log.write(waiting);
  await log.flush();
  // 1 MiB holds ten lines of 100,001 bytes and the one that goes beyond it.
  expect(await readFile(path, 'utf8')).toContain('… 4 lines dropped: the disk is too slow\n');
});

test.runIf(machineHas('linux'))(
  'a full disk loses the lines and is told; it stops nothing',
  async () => {
    await using folder = await temporaryDirectory();
    const path = join(folder.path, 'a.log');
    await symlink('/dev/full', path);
    const errors: unknown[] = [];
    const log = createLogFile(path, (error) => errors.push(error));
    log.write('lost');
    await log.flush();
    log.write('lost too');
    await log.flush();
    expect(errors).toMatchObject([{ code: 'ENOSPC' }, { code: 'ENOSPC' }]);
  },
);
