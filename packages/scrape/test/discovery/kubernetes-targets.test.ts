import type { KubernetesObject } from '@bellows/kubernetes';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { createKubernetesTargets } from '../../src/discovery/kubernetes-targets.ts';
import type { ScrapeTarget } from '../../src/scraper.ts';
import { serveApi } from '../fixtures/api-server.ts';

const PODS = '/api/v1/pods';
const MONITORS = '/apis/monitoring.coreos.com/v1/podmonitors';
const pod = (name: string, change: object = {}): KubernetesObject => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, labels: { app: 'shop' }, ...change },
  ...{
    spec: { containers: [{ ports: [{ name: 'metrics', containerPort: 9464 }] }] },
    status: { phase: 'Running', podIP: '10.0.0.7' },
  },
});

test('pods come, change and go; a monitor that comes says where they are scraped', async () => {
  await using folder = await temporaryDirectory();
  const api = await serveApi(folder.path, {
    [PODS]: [pod('a')],
    '/api/v1/services': [],
    [MONITORS]: [],
  });
  let targets: readonly ScrapeTarget[] = [];
  const failures: unknown[] = [];
  const source = createKubernetesTargets({
    client: api.client,
    targetsChanged: (now) => (targets = now),
    failed: (error) => failures.push(error),
  });
  try {
    await source.start();
    // Known at once, though this cluster knows no ServiceMonitors: that is no failure.
    expect(targets.map(({ podName }) => podName)).toEqual(['a']);
    expect(api.paths).toContain('/apis/monitoring.coreos.com/v1/servicemonitors');
    expect([...api.paths].filter((path) => path.includes('secret'))).toEqual([]);
    const podNames = (): string =>
      targets
        .map(({ podName }) => podName)
        .sort()
        .join();
    await waitUntil('a watch of the pods', () => {
      api.put(PODS, 'ADDED', pod('b'));
      return podNames() === 'a,b';
    });
    api.put(PODS, 'MODIFIED', pod('a', { deletionTimestamp: '2026-01-01T00:00:00Z' }));
    await waitUntil('the end of a', () => podNames() === 'b');
    const spec = { selector: {}, podMetricsEndpoints: [{ portNumber: 81 }] };
    await waitUntil('the monitor', () => {
      api.put(MONITORS, 'ADDED', { metadata: { name: 'm', namespace: 'shop' }, ...{ spec } });
      return targets[0]?.url === 'http://10.0.0.7:81/metrics';
    });
    api.put(PODS, 'DELETED', pod('b'));
    await waitUntil('no target', () => targets.length === 0);
    expect(failures).toEqual([]);
  } finally {
    await source.stop();
    await source.stop();
    await api.close();
  }
});

test('only one namespace is asked for where one is given', async () => {
  await using folder = await temporaryDirectory();
  const api = await serveApi(folder.path, { '/api/v1/namespaces/shop/pods': [pod('a')] });
  const failures: unknown[] = [];
  const told: number[] = [];
  const source = createKubernetesTargets({
    client: api.client,
    namespace: 'shop',
    targetsChanged: ({ length }) => told.push(length),
    failed: (error) => failures.push(error),
  });
  try {
    await source.start();
    expect(told).toEqual([1]);
    expect([...api.paths].every((path) => path.includes('/namespaces/shop/'))).toBe(true);
    // Services cannot be read here, which is told, and pods are scraped all the same.
    expect(failures).toHaveLength(1);
  } finally {
    await source.stop();
    await api.close();
  }
});
