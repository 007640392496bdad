import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import type { Notice } from '../../src/output/output.ts';
import { generateObjects } from '../../src/up/generate-objects.ts';
import type { UpOptions } from '../../src/up/up-options.ts';

const options = { command: ['node', 'server.js'], force: false } as unknown as UpOptions;

test('manifests that are saved count as read from where they are saved', async () => {
  await using project = await temporaryDirectory();
  const writeDirectory = join(project.path, 'k8s');
  const notices: Notice[] = [];
  const objects = await generateObjects(
    { ...options, writeDirectory },
    (notice) => notices.push(notice),
    project.path,
  );
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  expect(deployment?.source.file).toBe(join(writeDirectory, 'deployment.yaml'));
  // Without a package.json, only this tells where the command runs.
  expect(await readFile(join(writeDirectory, 'deployment.yaml'), 'utf8')).toContain(
    'bellows.dev/working-directory: ".."',
  );
  expect(notices.at(-1)?.text).toContain(join(writeDirectory, 'hpa.yaml'));
});

test('manifests that are not saved belong to no file', async () => {
  const objects = await generateObjects({ ...options, writeDirectory: undefined }, () => undefined);
  expect(new Set(objects.map(({ kind }) => kind))).toEqual(
    new Set(['Deployment', 'Service', 'HorizontalPodAutoscaler']),
  );
});
