import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseApiPath } from '../../src/api/request-path.ts';

const custom = '/apis/custom.metrics.k8s.io/v1beta2';
const external = '/apis/external.metrics.k8s.io/v1beta1';
const resource = '/apis/metrics.k8s.io/v1beta1';

describe('parseApiPath', () => {
  test.each([
    ['/apis', { kind: 'groups' }],
    ['/apis/', { kind: 'groups' }],
    ['/apis/custom.metrics.k8s.io', { kind: 'group', group: 'custom.metrics.k8s.io' }],
    [`${custom}/`, { kind: 'resources', group: 'custom.metrics.k8s.io', version: 'v1beta2' }],
  ])('%s lists what there is', (path, parsed) => {
    expect(parseApiPath(path)).toEqual(parsed);
  });

  const pods = { resource: 'pods', group: '' };
  const deployments = { resource: 'deployments', group: 'apps' };
  const namespaces = { resource: 'namespaces', group: '' };
  const nodes = { resource: 'nodes', group: '' };
  test.each([
    ['/namespaces/shop/pods/%2A/rps', pods, { namespace: 'shop', name: '*', metric: 'rps' }],
    [
      '/namespaces/shop/deployments.apps/web/age',
      deployments,
      { namespace: 'shop', name: 'web', metric: 'age' },
    ],
    ['/namespaces/shop/metrics/rps', namespaces, { namespace: '', name: 'shop', metric: 'rps' }],
    ['/namespaces/*/metrics/rps', namespaces, { namespace: '', name: '*', metric: 'rps' }],
    [
      '/nodes/n1.example.com/load:rate5m',
      nodes,
      { namespace: '', name: 'n1.example.com', metric: 'load:rate5m' },
    ],
  ])('%s is a custom metric', (path, group, rest) => {
    const parsed = { kind: 'custom', version: 'v1beta2', resource: group, ...rest };
    expect(parseApiPath(custom + path)).toEqual(parsed);
  });

  test('an external metric has a namespace', () => {
    expect(parseApiPath(`${external}/namespaces/shop/queue_depth`)).toEqual({
      kind: 'external',
      namespace: 'shop',
      metric: 'queue_depth',
    });
  });

  test.each([
    ['/nodes', { resource: 'nodes', namespace: '', name: '' }],
    ['/nodes/n1', { resource: 'nodes', namespace: '', name: 'n1' }],
    ['/pods', { resource: 'pods', namespace: '', name: '' }],
    ['/namespaces/shop/pods', { resource: 'pods', namespace: 'shop', name: '' }],
    ['/namespaces/shop/pods/a', { resource: 'pods', namespace: 'shop', name: 'a' }],
  ])('%s is a resource metric', (path, parsed) => {
    expect(parseApiPath(resource + path)).toEqual({ kind: 'resource', ...parsed });
  });

  test.each([
    '/',
    '/metrics',
    '/apis/custom.metrics.k8s.io/v1/nodes/a/b',
    '/apis/other/v1/x',
    `${custom}/blah`,
    `${custom}/nodes/foo`,
    `${custom}/namespaces/ns/pods/bar`,
    `${custom}/namespaces/ns/pods/bar/metric/more`,
    `${custom}/namespaces/ns/pods/bar/a%2Fb`,
    `${custom}/namespaces/n%22s/pods/bar/metric`,
    `${custom}/namespaces/ns/pods/%ff/metric`,
    `${external}/queue_depth`,
    `${external}/namespaces/shop`,
    `${external}/namespaces/shop/group/metric`,
    `${resource}/pods/a`,
    `${resource}/namespaces/shop/nodes`,
    `${resource}/namespaces//pods`,
  ])('%s is nothing', (path) => {
    expect(parseApiPath(path)).toEqual({ kind: 'unknown' });
  });

  test('no path breaks it', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, tail) => {
        expect(parseApiPath(custom + path + tail)).toHaveProperty('kind');
      }),
    );
  });
});
