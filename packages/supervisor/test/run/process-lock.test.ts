import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
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

/** A process that takes the lock of each folder it is sent. */
interface Taker {
  readonly child: ChildProcessWithoutNullStreams;
  readonly answers: AsyncIterator<string>;
}

function startTaker(module: string): Taker {
  const fixture = join(import.meta.dirname, '..', 'fixtures', 'take-lock.mjs');
  const child = spawn(process.execPath, [fixture, pathToFileURL(module).href]);
  return { child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function answersOf(takers: readonly Taker[], path: string): Promise<unknown[]> {
  for (const { child } of takers) child.stdin.write(`${path}\n`);
  const answers = await Promise.all(takers.map(({ answers }) => answers.next()));
  return answers.map(({ value }) => value as unknown);
}

test('of several that take over at one time, one gets it', { timeout: 60_000 }, async () => {
  const module = join(folder.path, 'process-lock.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, '..', '..', 'src', 'run', 'process-lock.ts')],
    outfile: module,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@bellows/source'],
  });
  const takers = Array.from({ length: 4 }, () => startTaker(module));
  try {
    for (let round = 0; round < 200; round += 1) {
      const path = join(folder.path, String(round));
      mkdirSync(path);
      // What a dead process left, and now and then nothing at all.
      if (round % 4 > 0) writeFileSync(join(path, 'supervisor.json'), '{"pid":4194305}');
      expect((await answersOf(takers, path)).sort()).toEqual([
        ...Array.from({ length: 3 }, () => 'ERR_SUPERVISOR_ALREADY_RUNNING'),
        'taken',
      ]);
      expect(await readdir(path)).toEqual(['supervisor.json']);
    }
  } finally {
    for (const { child } of takers) child.stdin.end();
    await Promise.all(takers.map(({ child }) => once(child, 'exit')));
  }
});

test('a takeover that was cut short is taken over as well', async () => {
  const path = join(folder.path, 'state');
  mkdirSync(path);
  const left = '{"pid":4194305}';
  writeFileSync(join(path, 'supervisor.json'), left);
  const turn = createHash('sha256').update(left).digest('hex').slice(0, 16);
  writeFileSync(join(path, `supervisor.json.${turn}`), '{"pid":4194306}');
  const lock = acquireProcessLock(path);
  expect(await readdir(path)).toEqual(['supervisor.json']);
  lock.release();
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
