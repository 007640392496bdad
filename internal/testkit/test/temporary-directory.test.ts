import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../src/index.ts';

test('the folder is gone after use, with all it holds', async () => {
  const directory = await temporaryDirectory();
  writeFileSync(join(directory.path, 'file'), 'x');
  await directory[Symbol.asyncDispose]();
  expect(existsSync(directory.path)).toBe(false);
});
