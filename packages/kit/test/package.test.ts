import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('exports this, and nothing else at run time', async () => {
  expect(Object.keys(await import('../src/index.ts'))).toEqual(['createKit']);
});

test('brings no dependency into the service', () => {
  const manifest = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  ) as object;
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('peerDependencies');
  expect(manifest).not.toHaveProperty('optionalDependencies');
});
