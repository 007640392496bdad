import type { Container } from '@bellows/manifest';
import { describe, expect, test } from 'vitest';
import { scrapeTarget } from '../../src/signals/scrape-target.ts';
import { NOW_MS, podStatus, type PodStatusOverrides } from '../fixtures/objects.ts';

const ports = (...names: string[]): Partial<Container> => ({
  ports: names.map((name, index) => ({
    name,
    containerPort: 9000 + index,
    protocol: 'TCP' as const,
  })),
});
const urlOf = (overrides: PodStatusOverrides): string => {
  const target = scrapeTarget(podStatus(overrides));
  return 'url' in target ? target.url : target.reason;
};

describe('a pod is scraped', () => {
  test('on the port named metrics', () => {
    expect(
      scrapeTarget(podStatus({ name: 'shop-1', container: ports('http', 'admin', 'metrics') })),
    ).toEqual({ podName: 'shop-1', podUid: 'uid-shop-1', url: 'http://127.0.0.2:9002/metrics' });
  });

  test('else on the port named admin', () => {
    expect(urlOf({ container: ports('http', 'admin') })).toBe('http://127.0.0.2:9001/metrics');
  });

  test('before both on the port and path of its annotations', () => {
    const annotations = { 'prometheus.io/port': '9999', 'prometheus.io/path': 'stats' };
    expect(urlOf({ annotations, container: ports('metrics') })).toBe('http://127.0.0.2:9999/stats');
  });

  test('on its real port where the machine gives each pod its own', () => {
    expect(urlOf({ container: ports('metrics'), portMap: { 9000: 41_000 } })).toBe(
      'http://127.0.0.2:41000/metrics',
    );
  });
});

describe('a pod is not scraped', () => {
  test.each<[string, PodStatusOverrides, string]>([
    ['while it is Pending', { phase: 'Pending' }, 'the pod is Pending'],
    ['when it has failed', { phase: 'Failed' }, 'the pod is Failed'],
    ['while it ends', { deletionTimestampMs: NOW_MS }, 'the pod is terminating'],
    [
      'when it says so',
      { annotations: { 'prometheus.io/scrape': 'false' }, container: ports('metrics') },
      'the pod says prometheus.io/scrape: "false"',
    ],
    [
      'when its annotation is no port',
      { annotations: { 'prometheus.io/port': 'http' }, container: ports('metrics') },
      'prometheus.io/port is "http", expected a port from 1 to 65535',
    ],
    [
      'when it names no port for it',
      {},
      'the pod names no metrics port: add the annotation prometheus.io/port, or name a container port "metrics"',
    ],
  ])('%s', (_, overrides, reason) => {
    expect(urlOf(overrides)).toBe(reason);
  });
});
