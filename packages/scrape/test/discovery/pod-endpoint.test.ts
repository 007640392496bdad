import { missing } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { podEndpoint, podTarget } from '../../src/discovery/pod-endpoint.ts';
import type { ScrapablePod } from '../../src/discovery/scrapable-pod.ts';

const POD: ScrapablePod = {
  name: 'shop-1',
  uid: 'u1',
  namespace: 'shop',
  annotations: {},
  ip: '10.0.0.7',
  phase: 'Running',
  isTerminating: false,
  ports: [
    { name: 'http', containerPort: 8080 },
    { name: 'admin', containerPort: 9400 },
    { name: 'metrics', containerPort: 9464 },
  ],
};
const annotated = (annotations: Record<string, string>): ScrapablePod => ({
  ...POD,
  annotations: Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`prometheus.io/${key}`, value]),
  ),
});

describe('podEndpoint', () => {
  test.each<[string, ScrapablePod, unknown]>([
    ['the port named metrics', POD, { port: 9464, path: '/metrics', scheme: 'http' }],
    [
      'else the one named admin',
      { ...POD, ports: POD.ports.slice(0, 2) },
      { port: 9400, path: '/metrics', scheme: 'http' },
    ],
    [
      'before both what its annotations say',
      annotated({ port: '81', path: 'stats?all=1', scheme: 'https', scrape: 'true' }),
      { port: 81, path: '/stats?all=1', scheme: 'https' },
    ],
    [
      'not where it says so',
      annotated({ scrape: 'false' }),
      missing('the pod says prometheus.io/scrape: "false"'),
    ],
    [
      'not by a scheme that is none',
      annotated({ scheme: 'ftp' }),
      missing('prometheus.io/scheme is "ftp", expected http or https'),
    ],
    [
      'not at a port that is none',
      annotated({ port: '65536' }),
      missing('prometheus.io/port is "65536", expected a port from 1 to 65535'),
    ],
    [
      'not without a port for it',
      { ...POD, ports: POD.ports.slice(0, 1) },
      missing(
        'the pod names no metrics port: add the annotation prometheus.io/port, or name a container port "metrics"',
      ),
    ],
  ])('a pod is scraped at %s', (_, pod, expected) => {
    expect(podEndpoint(pod)).toEqual(expected);
  });
});

describe('podTarget', () => {
  test('is the address of the pod with its namespace', () => {
    expect(podTarget(POD, podEndpoint(POD))).toEqual({
      podName: 'shop-1',
      podUid: 'u1',
      namespace: 'shop',
      url: 'http://10.0.0.7:9464/metrics',
    });
  });

  test('takes the port that a machine gave, and an address of version 6', () => {
    const target = podTarget({ ...POD, ip: 'fd00::7' }, podEndpoint(POD), () => 41_000);
    expect(target).toMatchObject({ url: 'http://[fd00::7]:41000/metrics' });
  });

  test('no path leads to another host', () => {
    const target = podTarget(POD, podEndpoint(annotated({ port: '81', path: '@evil.example/' })));
    expect('url' in target && new URL(target.url).hostname).toBe('10.0.0.7');
  });

  test.each<[string, Partial<ScrapablePod>, string]>([
    ['terminating', { isTerminating: true }, 'the pod is terminating'],
    ['not running', { phase: 'Succeeded' }, 'the pod is Succeeded'],
    ['without address', { ip: undefined }, 'the pod has no address yet'],
  ])('a pod that is %s is none', (_, change, reason) => {
    expect(podTarget({ ...POD, ...change }, podEndpoint(POD))).toEqual(missing(reason));
  });
});
