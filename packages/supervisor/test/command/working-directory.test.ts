import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '@bellows/manifest';
import { temporaryDirectory, type TemporaryDirectory } from '@bellows/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workingDirectory } from '../../src/command/working-directory.ts';
import { deployment } from '../fixtures/objects.ts';

let project: TemporaryDirectory;
beforeEach(async () => {
  project = await temporaryDirectory();
  await mkdir(join(project.path, 'deploy', 'k8s'), { recursive: true });
});
afterEach(() => project[Symbol.asyncDispose]());

const options = { workingDirectory: '/somewhere', hasWords: false };

function fromFile(annotations: Record<string, string> = {}): Deployment {
  const shop = deployment();
  const file = join(project.path, 'deploy', 'k8s', 'shop.yaml');
  return { ...shop, source: { file, line: 1 }, metadata: { ...shop.metadata, annotations } };
}

test('the nearest folder with a package.json, from the manifest upwards', async () => {
  await writeFile(join(project.path, 'package.json'), '{}');
  expect(workingDirectory(fromFile(), options)).toBe(project.path);
  await writeFile(join(project.path, 'deploy', 'package.json'), '{}');
  expect(workingDirectory(fromFile(), options)).toBe(join(project.path, 'deploy'));
});

test('the user’s folder when no folder from the manifest upwards has a package.json', () => {
  expect(workingDirectory(fromFile(), options)).toBe('/somewhere');
});

test('the user’s folder when the command was given, or there is no file', () => {
  expect(workingDirectory(fromFile(), { ...options, hasWords: true })).toBe('/somewhere');
  expect(workingDirectory(deployment(), options)).toBe('/somewhere');
});

test('the annotation goes before all, relative to the manifest’s folder', () => {
  const annotated = fromFile({ 'bellows.dev/working-directory': '../..' });
  expect(workingDirectory(annotated, { ...options, hasWords: true })).toBe(project.path);
});
