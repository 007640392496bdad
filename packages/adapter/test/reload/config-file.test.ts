import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import type { AdapterConfig } from '../../src/config/discovery-rule.ts';
import { createConfigFile } from '../../src/reload/config-file.ts';

const PATIENT = { timeoutMs: 30_000 };
const oneRule = (query: string): string =>
  `rules: [{seriesQuery: ${query}, resources: {template: "<<.Resource>>"}, metricsQuery: x}]\n`;

/** Puts a new version of a ConfigMap's files into a folder as the kubelet does: by swapping a link. */
async function mountConfigMap(folder: string, version: string, text: string): Promise<void> {
  await mkdir(join(folder, version));
  await writeFile(join(folder, version, 'config.yaml'), text);
  await symlink(version, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
}

test('serves each version of a ConfigMap, and keeps the last good one while a version is broken', async () => {
  await using folder = await temporaryDirectory();
  await mountConfigMap(folder.path, '..1', oneRule('first'));
  const path = join(folder.path, 'config.yaml');
  await symlink(join('..data', 'config.yaml'), path);
  const seen: string[] = [];
  const onConfig = ({ rules }: AdapterConfig): void => {
    if (rules[0]?.seriesQuery === 'refused') throw new Error('nobody can serve that');
    seen.push(rules[0]?.seriesQuery ?? 'none');
  };
  // An hour: only the watch of the folder tells of changes.
  const file = createConfigFile({ path, onConfig, intervalMs: 3_600_000 });
  await file.start();
  expect(seen).toEqual(['first']);
  const firstMs = file.state().lastSuccessMs ?? Number.NaN;
  expect(file.state()).toEqual({ part: 'configuration', lastSuccessMs: firstMs });

  await mountConfigMap(folder.path, '..2', 'rules: [{seriesQuerry: x}]\n');
  await waitUntil('the problem', () => file.state().problem?.includes('seriesQuerry'), PATIENT);
  expect(seen).toEqual(['first']);
  expect(file.state().lastSuccessMs).toBe(firstMs);

  await mountConfigMap(folder.path, '..3', oneRule('refused'));
  await waitUntil('the refusal', () => file.state().problem?.includes('nobody can'), PATIENT);

  await mountConfigMap(folder.path, '..4', oneRule('second'));
  await waitUntil('the second version', () => seen.length === 2, PATIENT);
  await waitUntil('no problem', () => file.state().problem === undefined, PATIENT);
  expect(seen).toEqual(['first', 'second']);
  await file.stop();
  await file.stop();
});

test('looks by itself where nobody tells of changes', async () => {
  await using folder = await temporaryDirectory();
  await using elsewhere = await temporaryDirectory();
  const target = join(elsewhere.path, 'target.yaml');
  const path = join(folder.path, 'config.yaml');
  await writeFile(target, oneRule('first'));
  await symlink(target, path);
  const seen: AdapterConfig[] = [];
  const file = createConfigFile({
    path,
    onConfig: (config) => void seen.push(config),
    intervalMs: 5,
  });
  await file.start();
  await writeFile(target, oneRule('second'));
  await waitUntil('the change', () => seen.at(-1)?.rules[0]?.seriesQuery === 'second', PATIENT);
  await file.stop();
});

test('does not start with a file that is not there or not valid', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'config.yaml');
  const start = (): Promise<void> => createConfigFile({ path, onConfig: () => undefined }).start();
  await expect(start()).rejects.toMatchObject({ code: 'ERR_ADAPTER_CONFIG' });
  await writeFile(path, 'rules: 5\n');
  await expect(start()).rejects.toMatchObject({ code: 'ERR_ADAPTER_CONFIG' });
});
