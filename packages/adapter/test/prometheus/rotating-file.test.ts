import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { RotatingFile } from '../../src/prometheus/rotating-file.ts';

test('a file is read again when it has changed, and what it held stays when it has gone', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'token');
  let nowMs = 0;
  const file = new RotatingFile(path, () => nowMs);
  await expect(file.read()).rejects.toMatchObject({ code: 'ERR_ADAPTER_SOURCE' });
  await writeFile(path, 'first');
  expect(await file.read()).toBe('first');
  await writeFile(path, 'second');
  await utimes(path, 1, 1);
  expect(await file.read()).toBe('first');
  nowMs = 10_000;
  expect(await file.read()).toBe('second');
  nowMs = 20_000;
  await folder[Symbol.asyncDispose]();
  expect(await file.read()).toBe('second');
});
