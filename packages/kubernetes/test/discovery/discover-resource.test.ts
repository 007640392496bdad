import { expect, test } from 'vitest';
import {
  discoverResource,
  orUndefined,
  preferredVersion,
  scalePath,
} from '../../src/discovery/discover-resource.ts';
import { createKubernetesClient } from '../../src/kubernetes-client.ts';
import {
  sendJson,
  startApiServer,
  statusOf,
  type ScriptedApiServer,
} from '../fixtures/api-server.ts';

const APPS = {
  resources: [
    { name: 'deployments', kind: 'Deployment', namespaced: true },
    { name: 'deployments/scale', kind: 'Scale', namespaced: true },
  ],
};
const PAGES: Readonly<Record<string, object>> = {
  '/apis/apps/v1': APPS,
  '/api/v1': { resources: [{ name: 'nodes', kind: 'Node', namespaced: false }] },
  '/apis/apps': { preferredVersion: { version: 'v1' } },
};

function startDiscovery(): Promise<ScriptedApiServer> {
  return startApiServer(({ url = '' }, response) => {
    const page = PAGES[url];
    if (page === undefined) sendJson(response, statusOf(404, 'NotFound', 'not found'), 404);
    else sendJson(response, page);
  });
}

test('a kind is found in its group, and a subresource is no kind', async () => {
  await using server = await startDiscovery();
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  const apiVersion = 'apps/v1';
  expect(await discoverResource(client, { apiVersion, kind: 'Deployment' })).toEqual({
    resource: 'deployments',
    group: 'apps',
    apiVersion,
    namespaced: true,
  });
  expect(await discoverResource(client, { kind: 'Node' })).toMatchObject({ group: '' });
  expect(await discoverResource(client, { apiVersion, kind: 'Scale' })).toBeUndefined();
  expect(await discoverResource(client, { apiVersion: 'x/v1', kind: 'X' })).toBeUndefined();
  expect(await discoverResource(client, { apiVersion: 'apps/', kind: 'X' })).toBeUndefined();
  client.close();
});

test('a target has a scale where its kind is known', async () => {
  await using server = await startDiscovery();
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  expect(await scalePath(client, 'shop', target)).toBe(
    '/apis/apps/v1/namespaces/shop/deployments/web/scale',
  );
  expect(await scalePath(client, 'shop', { ...target, kind: 'Web' })).toBeUndefined();
  client.close();
});

test('a group that nobody serves has no preferred version', async () => {
  await using server = await startDiscovery();
  const client = await createKubernetesClient({ kubeconfig: server.kubeconfig });
  expect(await preferredVersion(client, 'apps')).toBe('v1');
  expect(await preferredVersion(client, 'other')).toBeUndefined();
  client.close();
});

test('only what is not found is undefined', async () => {
  expect(await orUndefined(Promise.resolve(1))).toBe(1);
  await expect(orUndefined(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
