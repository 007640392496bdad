import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '@bellows/testkit';
import { chooseSuites, findSuites } from '../src/suites.ts';

test('a suite is a file of end-to-end, or a folder beside it', async () => {
  await using folder = await temporaryDirectory();
  for (const name of ['end-to-end', 'kube', 'fixtures']) mkdirSync(join(folder.path, name));
  writeFileSync(join(folder.path, 'end-to-end', 'whole-way.test.ts'), '');
  writeFileSync(join(folder.path, 'kube', 'certificates.test.ts'), '');
  const suites = findSuites(folder.path);
  expect(suites).toEqual([
    { name: 'kube', path: join(folder.path, 'kube') },
    { name: 'whole-way', path: join(folder.path, 'end-to-end', 'whole-way.test.ts') },
  ]);
  expect(chooseSuites(suites, [])).toBe(suites);
  expect(chooseSuites(suites, ['whole-way'])).toEqual([suites[1]]);
  expect(() => chooseSuites(suites, ['whole'])).toThrow('there is no suite whole');
});
