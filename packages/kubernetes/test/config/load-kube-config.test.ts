import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { defaultKubeConfigFiles, loadKubeConfig } from '../../src/config/load-kube-config.ts';
import { kubeconfigFor } from '../fixtures/api-server.ts';

test('of the files in KUBECONFIG the first with a name wins, and those that are missing do not matter', async () => {
  await using folder = await temporaryDirectory();
  const [first, second] = ['first', 'second'].map((name) => join(folder.path, name));
  writeFileSync(first!, JSON.stringify(kubeconfigFor('https://a', {}, 'same')));
  writeFileSync(second!, JSON.stringify(kubeconfigFor('https://b', {}, 'same')));
  const files = [join(folder.path, 'missing'), first, second];
  const environment = { KUBECONFIG: files.join(delimiter) };
  expect(defaultKubeConfigFiles(environment)).toEqual([first, second]);
  const config = await loadKubeConfig({ environment });
  expect(config.getCurrentCluster()?.server).toBe('https://a');
});

test('without KUBECONFIG the home folder’s is read', async () => {
  await using folder = await temporaryDirectory();
  expect(defaultKubeConfigFiles({ HOME: folder.path })).toEqual([]);
  await expect(loadKubeConfig({ environment: { HOME: folder.path } })).rejects.toMatchObject({
    code: 'ERR_KUBERNETES_CONFIG',
    message: 'found no kubeconfig',
  });
});

test.each([
  ['', /cannot be read/],
  ['a: [', /cannot be read/],
  ['clusters: [{name: a}]', /clusters\[0\]\.cluster is missing/],
  ['{}', /no current context; it has: none/],
  [JSON.stringify({ ...kubeconfigFor('https://a', {}), clusters: [] }), /names the cluster test/],
])('refuses %j', async (text, message) => {
  await using folder = await temporaryDirectory();
  const kubeconfig = join(folder.path, 'config');
  writeFileSync(kubeconfig, text);
  await expect(loadKubeConfig({ kubeconfig })).rejects.toMatchObject({
    code: 'ERR_KUBERNETES_CONFIG',
    message: expect.stringMatching(message) as string,
  });
});

test('a context that is not there is refused with those that are', async () => {
  await using folder = await temporaryDirectory();
  const kubeconfig = join(folder.path, 'config');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor('https://a', {})));
  await expect(loadKubeConfig({ kubeconfig, context: 'prod' })).rejects.toMatchObject({
    message: 'the kubeconfig has no context prod; it has: test',
  });
});
