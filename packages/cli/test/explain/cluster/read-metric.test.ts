import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetricReading, MetricSpec } from '@bellows/hpa';
import { createKubernetesClient } from '@bellows/kubernetes';
import { temporaryDirectory } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { readMetric } from '../../../src/explain/cluster/read-metric.ts';

const TIME = '2026-11-22T12:00:00Z';
const AT_MS = Date.parse(TIME);
const DISCOVERY = {
  '/apis/custom.metrics.k8s.io': { preferredVersion: { version: 'v1beta1' } },
  '/apis/networking.k8s.io/v1': {
    resources: [{ name: 'ingresses', kind: 'Ingress', namespaced: true }],
  },
};
const target = { type: 'Value', value: '1' } as const;

/** Reads a metric from a server that answers these paths, and with 404 all else. */
async function read(
  answers: Readonly<Record<string, object>>,
  spec: MetricSpec,
  refusal = 404,
): Promise<{ reading: MetricReading; paths: string[] }> {
  await using folder = await temporaryDirectory();
  const paths: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    paths.push(decodeURIComponent(`${url.pathname}${url.search}`));
    const answer = answers[decodeURIComponent(url.pathname)];
    response.statusCode = answer === undefined ? refusal : 200;
    response.end(answer === undefined ? 'no such page' : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = await createKubernetesClient({ kubeconfig: kubeconfigOf(server, folder.path) });
  try {
    const place = { client, namespace: 'shop', selector: 'app=shop' };
    return { reading: await readMetric(place, spec), paths };
  } finally {
    client.close();
    await new Promise((resolve) => server.close(resolve));
  }
}

function kubeconfigOf(server: Server, folder: string): string {
  const { port } = server.address() as AddressInfo;
  const file = join(folder, 'config');
  const config = {
    clusters: [{ name: 'a', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'a', user: {} }],
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
    'current-context': 'a',
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function objectMetric(describedObject: {
  kind: string;
  name: string;
  apiVersion?: string;
}): MetricSpec {
  return { type: 'Object', object: { describedObject, metric: { name: 'rps' }, target } };
}

test('an object’s metric is asked for by its resource, in the version that is preferred', async () => {
  const path =
    '/apis/custom.metrics.k8s.io/v1beta1/namespaces/shop/ingresses.networking.k8s.io/main/rps';
  const { reading } = await read(
    { ...DISCOVERY, [path]: { items: [{ value: '7500m', timestamp: TIME }] } },
    objectMetric({ kind: 'Ingress', name: 'main', apiVersion: 'networking.k8s.io/v1' }),
  );
  expect(reading).toEqual({ kind: 'object', value: '7500m', atMs: AT_MS });
});

test('a Namespace’s metric is one of the HPA’s own namespace, whatever its name', async () => {
  const path = '/apis/custom.metrics.k8s.io/v1beta1/namespaces/shop/metrics/rps';
  const { reading } = await read(
    { ...DISCOVERY, [path]: { items: [{ value: '3' }] } },
    objectMetric({ kind: 'Namespace', name: 'other' }),
  );
  expect(reading).toEqual({ kind: 'object', value: '3' });
});

test('pods are asked for by their selector, series by the metric’s', async () => {
  const path = '/apis/custom.metrics.k8s.io/v1beta1/namespaces/shop/pods/*/rps';
  const item = { describedObject: { name: 'a' }, value: '2', timestamp: TIME, windowSeconds: 15 };
  const { reading, paths } = await read(
    { ...DISCOVERY, [path]: { items: [item] } },
    {
      type: 'Pods',
      pods: { metric: { name: 'rps', selector: { matchLabels: { to: 'buy' } } }, target },
    },
  );
  expect(paths.at(-1)).toBe(`${path}?labelSelector=app=shop&metricLabelSelector=to=buy`);
  expect(reading).toEqual({
    kind: 'pods',
    values: [{ pod: 'a', value: '2', atMs: AT_MS, windowMs: 15_000 }],
  });
});

test('a container that did not report the resource stays without a value', async () => {
  const path = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods';
  const containers = [
    { name: 'a', usage: { cpu: '1m' } },
    { name: 'b', usage: {} },
  ];
  const items = [{ metadata: { name: 'p' }, timestamp: TIME, window: '1m30s', containers }];
  const list = {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetricsList',
    metadata: {},
    items,
  };
  const { reading } = await read(
    { [path]: list },
    { type: 'Resource', resource: { name: 'cpu', target } },
  );
  expect(reading).toEqual({
    kind: 'resource',
    pods: [
      {
        ...{ pod: 'p', atMs: AT_MS, windowMs: 90_000 },
        containers: [{ name: 'a', usage: '1m' }, { name: 'b' }],
      },
    ],
  });
});

const EXTERNAL: MetricSpec = { type: 'External', external: { metric: { name: 'lag' }, target } };

test.each([
  [404, 'the server could not find the requested resource (get lag.external.metrics.k8s.io)'],
  [503, 'the server is currently unable to handle the request (get lag.external.metrics.k8s.io)'],
])(
  'a page of a proxy with %d is worded as the controller’s client words it',
  async (code, error) => {
    expect((await read({}, EXTERNAL, code)).reading).toEqual({ kind: 'failed', error });
  },
);

test('what only this user may not is no failure of the controller’s', async () => {
  await expect(read({}, EXTERNAL, 403)).rejects.toMatchObject({ code: 'ERR_KUBERNETES_FORBIDDEN' });
});

test('a group that nobody serves, and a kind that nobody knows, are what the controller says', async () => {
  const pods: MetricSpec = { type: 'Pods', pods: { metric: { name: 'rps' }, target } };
  expect((await read({}, pods)).reading).toMatchObject({
    error: 'no custom metrics API (custom.metrics.k8s.io) registered',
  });
  expect((await read(DISCOVERY, objectMetric({ kind: 'Tree', name: 'a' }))).reading).toMatchObject({
    error: expect.stringContaining('no matches for kind "Tree"') as string,
  });
});
