import { parseLabelSelector } from '@bellows/core';
import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import type { ApiResource } from '../../src/naming/resource-mapper.ts';
import { createObjectIndex, type ObjectIndex } from '../../src/objects/object-index.ts';
import { PATIENT, pod } from '../fixtures/rules-source.ts';
import { startWatchApi, type WatchApi } from '../fixtures/watch-api.ts';

const LONG = { timeoutMs: 30_000 };
const PODS: ApiResource = {
  ...{ group: '', version: 'v1', name: 'pods', singular: 'pod', kind: 'Pod', namespaced: true },
};
const SERVICES: ApiResource = { ...PODS, name: 'services', singular: 'service', kind: 'Service' };
const DEPLOYMENTS: ApiResource = { ...PODS, group: 'apps', name: 'deployments' };

function indexOf(api: WatchApi): ObjectIndex {
  return createObjectIndex({ client: api.client, initialBackOffMs: 5, maxBackOffMs: 20 });
}

async function names(
  index: ObjectIndex,
  resource = PODS,
  namespace: string | undefined = 'shop',
): Promise<string[]> {
  const selector = parseLabelSelector('');
  const objects = await index.select(resource, { namespace, selector }, PATIENT);
  return objects.map(({ name }) => name);
}

test('follows objects as they come, go and are deleted', async () => {
  await using api = await startWatchApi({ '/api/v1/pods': [pod('a'), pod('b'), pod('c', 'mall')] });
  const index = indexOf(api);
  expect(await names(index)).toEqual(['a', 'b']);
  api.put('/api/v1/pods', pod('d'));
  await waitUntil('the new pod', async () => (await names(index)).includes('d'), LONG);
  const { metadata } = pod('a');
  api.put('/api/v1/pods', { metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
  await waitUntil('no terminating pod', async () => !(await names(index)).includes('a'), LONG);
  api.remove('/api/v1/pods', 'b');
  await waitUntil('no removed pod', async () => !(await names(index)).includes('b'), LONG);
  expect(await names(index)).toEqual(['d']);
  expect(index.state()).toMatchObject([{ part: 'objects: pods' }]);
  await index.stop();
  await index.stop();
});

test('says which right is missing, for that resource alone, and serves it as soon as it is given', async () => {
  await using api = await startWatchApi({
    ...{ '/api/v1/pods': [pod('a')], '/api/v1/services': [pod('s')] },
    '/apis/apps/v1/deployments': [pod('d')],
  });
  api.forbid('/apis/apps/v1/deployments');
  const index = indexOf(api);
  index.watch(PODS);
  await expect(names(index, DEPLOYMENTS)).rejects.toMatchObject({
    code: 'ERR_ADAPTER_SOURCE',
    message: expect.stringContaining('list and watch deployments.apps') as string,
    remedy: expect.stringContaining('resources ["deployments"]') as string,
  });
  expect(await names(index)).toEqual(['a']);
  expect(await names(index, SERVICES)).toEqual(['s']);
  expect(index.state().map(({ problem }) => problem === undefined)).toEqual([true, false, true]);
  api.forbid();
  await waitUntil(
    'the deployments',
    () => names(index, DEPLOYMENTS).catch(() => false as const),
    LONG,
  );
  expect(await names(index, DEPLOYMENTS)).toEqual(['d']);
  await index.stop();
});

test('does not make who gives up wait for an API server that is silent', async () => {
  await using api = await startWatchApi({});
  const index = indexOf(api);
  await expect(names(index, PODS)).rejects.toThrow(/Cannot list pods/);
  const given = new AbortController();
  given.abort(new Error('gave up'));
  const selection = { namespace: 'shop', selector: parseLabelSelector('') };
  await expect(index.select(SERVICES, selection, given.signal)).rejects.toThrow('gave up');
  await index.stop();
  await expect(names(index, DEPLOYMENTS)).rejects.toThrow(/this server stops/);
});
