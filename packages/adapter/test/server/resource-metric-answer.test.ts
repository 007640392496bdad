import { Quantity } from '@bellows/core';
import { expect, test } from 'vitest';
import type { MeasuredObject } from '../../src/api/resource-metrics.ts';
import type { ResourceMetricsRequest } from '../../src/source/source.ts';
import { memorySource } from '../fixtures/memory-source.ts';
import { startTestServer, type TestServer } from '../fixtures/metrics-server.ts';

const BASE = '/apis/metrics.k8s.io/v1beta1';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const usage = { cpu: Quantity.parse('100m'), memory: Quantity.parse('2Ki') };
const measured = (name: string, namespace = '', app = 'a'): MeasuredObject => ({
  ...{ name, namespace, labels: { app }, timestampMs: 0, windowNs: 60_000_000_000n },
});
const PODS = [measured('web', 'shop'), measured('db', 'shop', 'b'), measured('web', 'other')];

function fits(one: MeasuredObject, request: ResourceMetricsRequest): boolean {
  const { namespace, name, labelSelector } = request;
  return (
    (namespace === '' || namespace === one.namespace) &&
    (name === undefined || name === one.name) &&
    labelSelector.matches(one.labels)
  );
}

function start(): Promise<TestServer> {
  const resource = {
    pods: (request: ResourceMetricsRequest) =>
      Promise.resolve(
        PODS.filter((pod) => fits(pod, request)).map((pod) => ({
          ...pod,
          containers: [{ name: 'app', usage }],
        })),
      ),
    nodes: (request: ResourceMetricsRequest) =>
      Promise.resolve([{ ...measured('node-1'), usage }].filter((node) => fits(node, request))),
  };
  return startTestServer({ sources: [memorySource({ resource })] });
}

test.each([
  [`${BASE}/pods`, ['shop/web', 'shop/db', 'other/web']],
  [`${BASE}/namespaces/shop/pods`, ['shop/web', 'shop/db']],
  [`${BASE}/pods?labelSelector=app%3Db`, ['shop/db']],
  [`${BASE}/pods?fieldSelector=metadata.name%3Dweb`, ['shop/web', 'other/web']],
  [`${BASE}/pods?fieldSelector=metadata.namespace%3Dother`, ['other/web']],
  [`${BASE}/nodes`, ['/node-1']],
])('%s lists %j', async (path, expected) => {
  await using server = await start();
  const { items } = (await server.ask(path)).json() as {
    items: { metadata: Partial<MeasuredObject> }[];
  };
  expect(items.map(({ metadata: { namespace, name } }) => `${namespace ?? ''}/${name}`)).toEqual(
    expected,
  );
});

test('one is told by itself, and one without data is not found', async () => {
  await using server = await start();
  const pod = await server.ask(`${BASE}/namespaces/shop/pods/web`);
  expect(pod.json()).toMatchObject({
    ...{ kind: 'PodMetrics', apiVersion: 'metrics.k8s.io/v1beta1', window: '1m0s' },
    containers: [{ name: 'app', usage: { cpu: '100m', memory: '2Ki' } }],
  });
  expect((await server.ask(`${BASE}/nodes/node-1`)).json()).toMatchObject({ kind: 'NodeMetrics' });
  const none = await server.ask(`${BASE}/namespaces/shop/pods/none`);
  expect(none.status).toBe(404);
  expect(none.json()).toMatchObject({
    reason: 'NotFound',
    message: 'pods.metrics.k8s.io "none" not found',
  });
});

test('a field that cannot be selected by, and a watch, are refused', async () => {
  await using server = await start();
  expect((await server.ask(`${BASE}/pods?fieldSelector=spec.x%3D1`)).status).toBe(400);
  expect((await server.ask(`${BASE}/pods?watch=1`)).status).toBe(400);
  expect((await server.ask(`${BASE}/pods/web`)).status).toBe(404);
});

test('a table is told to who takes one, of one or of many', async () => {
  await using server = await start();
  const ask = async (path: string): Promise<unknown> =>
    (await server.ask(`${BASE}${path}`, { headers: { accept: TABLE } })).json();
  expect(await ask('/namespaces/shop/pods')).toMatchObject({
    kind: 'Table',
    rows: [{ cells: ['web', '100m', '2Ki', '1m0s'] }, { cells: ['db', '100m', '2Ki', '1m0s'] }],
  });
  expect(await ask('/namespaces/shop/pods/web')).toMatchObject({
    rows: [{ cells: ['web', '100m', '2Ki', '1m0s'] }],
  });
  expect(await ask('/nodes')).toMatchObject({
    kind: 'Table',
    rows: [{ cells: ['node-1', '100m', '2Ki', '1m0s'] }],
  });
  expect(await ask('/nodes/none')).toMatchObject({ kind: 'Status', code: 404 });
});

test('discovery lists both resources', async () => {
  await using server = await start();
  expect((await server.ask(BASE)).json()).toMatchObject({
    resources: [
      { name: 'nodes', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
      { name: 'pods', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
    ],
  });
});
