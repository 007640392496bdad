import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolders, readPackages } from '../src/workspace.ts';

const root = join(import.meta.dirname, '../..');

test('reads every package of the repository with its imports', () => {
  const packages = readPackages(root, packageFolders(root));
  const core = packages.find(({ manifest }) => manifest.name === '@bellows/core');
  const index = core?.sources.find(({ path }) => path === 'src/index.ts');
  expect(index?.imports).toContain('./observed.ts');
  expect(packages.map(({ folder }) => folder)).toContain('conformance');
});
