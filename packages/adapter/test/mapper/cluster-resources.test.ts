import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createClusterResources } from '../../src/mapper/cluster-resources.ts';
import { DISCOVERY, discoveryOf } from '../fixtures/cluster-discovery.ts';
import { startWatchApi } from '../fixtures/watch-api.ts';

const LONG = { timeoutMs: 30_000 };

test('reads all groups at once, tells of changes, and keeps what it knows while the API server is ill', async () => {
  await using api = await startWatchApi({}, DISCOVERY);
  const resources = createClusterResources({ client: api.client, intervalMs: 10 });
  let changes = 0;
  const unsubscribe = resources.onChange(() => {
    changes += 1;
  });
  expect(resources.mapper()).toBeUndefined();
  resources.start();
  await waitUntil('the resources', () => resources.mapper() !== undefined, LONG);
  expect(resources.mapper()?.find({ group: '', resource: 'Deployment' })).toMatchObject({
    ...{ group: 'apps', version: 'v1', name: 'deployments', namespaced: true },
  });
  expect(new Set(api.paths)).toEqual(new Set(['/api', '/apis']));
  expect(changes).toBe(1);
  expect(resources.state()).toMatchObject({ lastSuccessMs: expect.any(Number) as number });

  api.answer('/apis', discoveryOf('example.com', 'boats'));
  await waitUntil('the change', () => changes === 2, LONG);
  const boats = { group: 'example.com', resource: 'boats' };
  expect(resources.mapper()?.find(boats)?.name).toBe('boats');

  api.forbid('/apis');
  await waitUntil('the problem', () => resources.state().problem?.includes('403'), LONG);
  expect(resources.mapper()?.find(boats)?.name).toBe('boats');
  unsubscribe();
  await resources.stop();
  await resources.stop();
});
