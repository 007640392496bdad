import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { writeManifests } from '../../src/up/write-manifests.ts';

const files = [
  { name: 'deployment.yaml', text: 'new deployment' },
  { name: 'service.yaml', text: 'new service' },
];

test('saves the files in a folder it makes', async () => {
  await using directory = await temporaryDirectory();
  const folder = join(directory.path, 'deep', 'k8s');
  await writeManifests(files, folder, false);
  expect(await readFile(join(folder, 'service.yaml'), 'utf8')).toBe('new service');
});

test('writes nothing when one of them exists, but replaces them by force', async () => {
  await using directory = await temporaryDirectory();
  const path = join(directory.path, 'service.yaml');
  await writeFile(path, 'mine');
  await expect(writeManifests(files, directory.path, false)).rejects.toMatchObject({
    code: 'ERR_CLI_WRITE',
    message: `Expected --write to find no manifests, got ${path}`,
  });
  expect(await readdir(directory.path)).toEqual(['service.yaml']);
  expect(await readFile(path, 'utf8')).toBe('mine');
  await writeManifests(files, directory.path, true);
  expect(await readFile(path, 'utf8')).toBe('new service');
});

test('says why a folder cannot be written to', async () => {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, 'file');
  await writeFile(file, '');
  await expect(writeManifests(files, file, false)).rejects.toMatchObject({
    code: 'ERR_CLI_WRITE',
    place: { file },
  });
});
