import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { findGo } from '../../src/fuzz/find-go.ts';

/** A program that says it is that version of Go. */
async function fakeGo(folder: string, version: string): Promise<string> {
  const file = path.join(folder, version, 'go');
  await mkdir(path.dirname(file));
  await writeFile(file, `#!/usr/bin/env node\nconsole.log(${JSON.stringify(version)});\n`);
  await chmod(file, 0o755);
  return file;
}

describe('findGo', () => {
  test('says what it is for and how to get it where there is none', () => {
    expect(() => findGo(['no-such-go'])).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFORMANCE_ORACLE',
        message: expect.stringContaining('Expected Go 1.26 or newer') as string,
        remedy: expect.stringContaining('https://go.dev/dl/') as string,
      }),
    );
  });

  test('takes the first that is new enough', async () => {
    await using folder = await temporaryDirectory();
    const older = await fakeGo(folder.path, 'go1.25.9');
    const newer = await fakeGo(folder.path, 'go1.26.8');
    const next = await fakeGo(folder.path, 'go2.0');
    expect(findGo(['no-such-go', older, newer, next])).toBe(newer);
    expect(findGo([next])).toBe(next);
  });

  test('names the one that is too old', async () => {
    await using folder = await temporaryDirectory();
    const older = await fakeGo(folder.path, 'go1.25.9');
    expect(() => findGo([older])).toThrow(/got go1\.25\.9/);
  });
});
