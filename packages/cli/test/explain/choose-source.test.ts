import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { chooseSource } from '../../src/explain/choose-source.ts';

const cluster = { kubeconfig: undefined, context: undefined, namespace: undefined, flags: {} };
const open = { run: undefined, at: undefined, diff: undefined, cluster };

test('a cluster is looked at when it is named, or when there is a kubeconfig and no run', async () => {
  await using folder = await temporaryDirectory();
  const state = join(folder.path, '.bellows');
  const kubeconfig = join(folder.path, 'config');
  writeFileSync(kubeconfig, '{}');
  const withCluster = { KUBECONFIG: kubeconfig };
  const without = { HOME: folder.path };
  expect(await chooseSource(open, state, withCluster)).toBe('cluster');
  expect(await chooseSource(open, state, without)).toBe('run');
  expect(await chooseSource({ ...open, at: '12:00' }, state, withCluster)).toBe('run');

  mkdirSync(join(state, 'runs'), { recursive: true });
  writeFileSync(join(state, 'runs', '2026.ndjson'), '');
  expect(await chooseSource(open, state, withCluster)).toBe('run');
  for (const named of [{ kubeconfig }, { context: 'a' }, { namespace: 'b' }]) {
    const question = { ...open, cluster: { ...cluster, ...named } };
    expect(await chooseSource(question, state, without)).toBe('cluster');
  }
});

test.each([{ run: 'file' }, { at: '12:00' }, { diff: ['12:00', '12:01'] }])(
  'a run and a cluster at once are refused: %j',
  async (asked) => {
    const question = { ...open, ...asked, cluster: { ...cluster, context: 'a' } };
    await expect(chooseSource(question, '.')).rejects.toMatchObject({ code: 'ERR_CLI_USAGE' });
  },
);
