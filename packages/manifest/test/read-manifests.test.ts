import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import { checkReferences, formatWarning, MANIFEST_LIMITS, readManifests } from '../src/index.ts';
import { serviceText } from './fixtures/manifest-texts.ts';

const SHOP = join(import.meta.dirname, 'fixtures', 'shop');

async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}

describe('readManifests', () => {
  test('reads the .yaml, .yml and .json files of a folder in the order of their names', async () => {
    const { objects } = await readManifests([SHOP]);
    expect(
      objects.map(({ kind, source }) => `${kind} ${source.file.slice(SHOP.length + 1)}`),
    ).toEqual([
      'ConfigMap 10-config.yaml',
      'Secret 10-config.yaml',
      'Deployment 20-deployment.yml',
      'Service 30-rest.json',
      'PodDisruptionBudget 30-rest.json',
      'HorizontalPodAutoscaler 40-hpa.yaml',
    ]);
    expect(objects.map(({ source }) => source.line)).toEqual([1, 9, 2, 5, 14, 1]);
  });

  test('finds nothing wrong between the objects of a realistic folder', async () => {
    expect(checkReferences(await readManifests([SHOP]))).toEqual({ problems: [], warnings: [] });
  });

  test('names what a realistic folder holds that is not acted on', async () => {
    const { warnings } = await readManifests([SHOP]);
    expect(warnings.map((warning) => formatWarning(warning).replaceAll(`${SHOP}/`, ''))).toEqual([
      'Deployment spec.strategy is not acted on. Manifests are read once, at the start: there is no rollout. (20-deployment.yml:11:3)',
      'Deployment spec.template.spec.serviceAccountName is not acted on. There is no API server to be authenticated to. (20-deployment.yml:22:27)',
      'Deployment spec.template.spec.volumes is not acted on. No volume is mounted: processes see the files of this machine. (20-deployment.yml:54:7)',
      'Deployment spec.template.spec.containers[].volumeMounts is not acted on. No volume is mounted: processes see the files of this machine. (20-deployment.yml:52:11)',
      'Deployment spec.template.spec.containers[].image is not acted on. No image is pulled: the command is run on this machine. (20-deployment.yml:25:18)',
      'networking.k8s.io/v1 Ingress is not acted on. (40-hpa.yaml:28:1)',
    ]);
  });

  test('reads standard input for the path -', async () => {
    const text = new TextEncoder().encode(serviceText());
    const stdin = chunks(text.slice(0, 20), text.slice(20));
    const { objects } = await readManifests(['-'], { stdin });
    expect(objects[0]?.source).toEqual({ file: '-', line: 1 });
  });

  test('leaves folders inside a folder alone unless asked', async () => {
    await using folder = await temporaryDirectory();
    await mkdir(join(folder.path, 'inner'));
    await writeFile(join(folder.path, 'a.yaml'), serviceText());
    await writeFile(join(folder.path, 'notes.txt'), 'not: [a manifest');
    await writeFile(join(folder.path, 'inner', 'b.yaml'), serviceText().replace('shop', 'other'));
    expect((await readManifests([folder.path])).objects).toHaveLength(1);
    expect((await readManifests([folder.path], { recursive: true })).objects).toHaveLength(2);
  });

  test('reads a file once that is named twice', async () => {
    const file = join(SHOP, '10-config.yaml');
    expect((await readManifests([file, file])).objects).toHaveLength(2);
  });

  describe('explains', () => {
    test.each([
      ['a path that does not exist', 'nowhere', 'Cannot read nowhere: no such file or folder'],
      ['standard input that cannot be read', '-', 'Standard input cannot be read here'],
    ])('%s', async (_name, path, message) => {
      await expect(readManifests([path])).rejects.toMatchObject({
        code: 'ERR_MANIFEST_READ',
        message,
        place: { file: path },
      });
    });

    test('a folder without manifests', async () => {
      await using folder = await temporaryDirectory();
      await expect(readManifests([folder.path])).rejects.toMatchObject({
        code: 'ERR_MANIFEST_READ',
        message: `The folder ${folder.path} holds no .yaml, .yml or .json file`,
      });
    });

    test('a file that is no UTF-8 text', async () => {
      await using folder = await temporaryDirectory();
      const file = join(folder.path, 'a.yaml');
      await writeFile(file, Uint8Array.of(0x61, 0xff, 0xfe));
      await expect(readManifests([file])).rejects.toMatchObject({
        code: 'ERR_MANIFEST_READ',
        message: `Expected UTF-8 text in ${file}, got other bytes`,
      });
    });

    test('a file and an input that are too large', async () => {
      await using folder = await temporaryDirectory();
      const file = join(folder.path, 'a.yaml');
      const large = '#'.repeat(MANIFEST_LIMITS.maxFileBytes + 1);
      await writeFile(file, large);
      const error = { code: 'ERR_MANIFEST_READ' };
      await expect(readManifests([file])).rejects.toMatchObject(error);
      await expect(readManifests(['-'], { stdin: chunks(large) })).rejects.toMatchObject(error);
    });

    test('a folder behind a path that is a file', async () => {
      await using folder = await temporaryDirectory();
      const file = join(folder.path, 'a.yaml');
      await writeFile(file, serviceText());
      await expect(readManifests([join(file, 'b.yaml')])).rejects.toMatchObject({
        code: 'ERR_MANIFEST_READ',
      });
    });
  });
});
