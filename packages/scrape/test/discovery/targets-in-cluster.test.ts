import { expect, test } from 'vitest';
import type { ScrapeTarget } from '../../src/scraper.ts';
import type { Pod } from '../../src/discovery/kubernetes-shapes.ts';
import { podsInCluster, type ClusterObjects } from '../../src/discovery/targets-in-cluster.ts';

const pod = (name: string, change: Partial<Pod['metadata']> = {}, hostNetwork = false): Pod => ({
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, labels: { app: name }, ...change },
  spec: {
    hostNetwork,
    containers: [{ ports: [{ name: 'metrics', containerPort: 9464 }] }, {}],
  },
  status: { phase: 'Running', podIP: '10.0.0.7' },
});
const NONE: ClusterObjects = {
  ...{ podMonitors: [], serviceMonitors: [], services: [] },
  ...{ includeHostNetwork: false, includeLoopback: false, refusedAddresses: new Set() },
};
const targetsInCluster = (pods: readonly Pod[], objects: ClusterObjects): readonly ScrapeTarget[] =>
  podsInCluster(pods, objects).flatMap(({ targets }) => targets);
const urlsOf = (pods: readonly Pod[], objects: Partial<typeof NONE> | object = {}): string[] =>
  targetsInCluster(pods, { ...NONE, ...objects }).map(({ url }) => url);

test('a pod is scraped where it says itself', () => {
  expect(targetsInCluster([pod('a')], NONE)).toEqual([
    { podName: 'a', podUid: 'uid-a', namespace: 'shop', url: 'http://10.0.0.7:9464/metrics' },
  ]);
});

test('where monitors select it, they say, each address once', () => {
  const monitor = {
    metadata: { name: 'm', namespace: 'shop' },
    spec: { selector: {}, podMetricsEndpoints: [{ portNumber: 1 }, { portNumber: 2 }] },
  };
  expect(urlsOf([pod('a')], { podMonitors: [monitor, monitor] })).toEqual([
    'http://10.0.0.7:1/metrics',
    'http://10.0.0.7:2/metrics',
  ]);
});

test('a pod that ends, that has no address, or is on its node’s network is not', () => {
  const ends = pod('a', { deletionTimestamp: '2026-01-01T00:00:00Z' });
  const fresh = { ...pod('b'), status: { phase: 'Pending' } };
  const onNode = pod('c', {}, true);
  expect(urlsOf([ends, fresh, onNode, { metadata: { name: 'd' } }])).toEqual([]);
  expect(urlsOf([onNode], { includeHostNetwork: true })).toEqual(['http://10.0.0.7:9464/metrics']);
});

test('a pod whose address is none of a pod’s is not', () => {
  const at = (podIP: string): Pod => ({ ...pod('a'), status: { phase: 'Running', podIP } });
  expect(urlsOf([at('169.254.169.254'), at('127.0.0.1'), at('no-address')])).toEqual([]);
  expect(urlsOf([at('127.0.0.1')], { includeLoopback: true })).toHaveLength(1);
  expect(urlsOf([at('10.0.0.1')], { refusedAddresses: new Set(['10.0.0.1']) })).toEqual([]);
});

test('a pod without a target says why, and whether it lives', () => {
  const ends = pod('a', { deletionTimestamp: '2026-01-01T00:00:00Z' });
  const silent: Pod = { ...pod('b'), spec: {} };
  expect(podsInCluster([pod('c'), ends, silent, pod('d', {}, true)], NONE)).toMatchObject([
    { name: 'c', namespace: 'shop', labels: { app: 'c' }, isLive: true },
    { name: 'a', isLive: false, targets: [], problem: 'the pod is terminating' },
    {
      name: 'b',
      isLive: true,
      problem: expect.stringContaining('names no metrics port') as string,
    },
    { name: 'd', isLive: true, problem: expect.stringContaining('network') as string },
  ]);
});
