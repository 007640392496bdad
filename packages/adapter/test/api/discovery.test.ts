import { describe, expect, test } from 'vitest';
import {
  apiGroup,
  apiGroupDiscoveryList,
  apiGroupList,
  apiResourceList,
  LISTED_RESOURCE_METRICS,
  listedCustomMetrics,
  listedExternalMetrics,
  type ServedGroup,
} from '../../src/api/discovery.ts';

const pods = { group: '', resource: 'pods' };
const resources = listedCustomMetrics([
  { resource: pods, namespaced: true, metric: 'rps' },
  { resource: { group: 'apps', resource: 'deployments' }, namespaced: true, metric: 'age' },
  { resource: { group: '', resource: 'namespaces' }, namespaced: false, metric: 'rps' },
]);
const custom: ServedGroup = {
  group: 'custom.metrics.k8s.io',
  versions: [
    { version: 'v1beta2', resources },
    { version: 'v1beta1', resources },
  ],
};

describe('discovery', () => {
  test('names groups with their versions, the preferred one first', () => {
    const [v2, v1] = [
      { groupVersion: 'custom.metrics.k8s.io/v1beta2', version: 'v1beta2' },
      { groupVersion: 'custom.metrics.k8s.io/v1beta1', version: 'v1beta1' },
    ];
    const group = { name: 'custom.metrics.k8s.io', versions: [v2, v1], preferredVersion: v2 };
    expect(apiGroup(custom)).toEqual({ kind: 'APIGroup', apiVersion: 'v1', ...group });
    expect(apiGroupList([custom])).toEqual({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [group],
    });
  });

  test('lists metrics of objects, sorted', () => {
    expect(apiResourceList(custom.group, { version: 'v1beta2', resources })).toMatchObject({
      groupVersion: 'custom.metrics.k8s.io/v1beta2',
      resources: [
        { name: 'deployments.apps/age', singularName: '', namespaced: true, verbs: ['get'] },
        { name: 'namespaces/rps', namespaced: false },
        { name: 'pods/rps', kind: 'MetricValueList' },
      ],
    });
  });

  test('is never empty, which older clients take for a failure', () => {
    expect(listedCustomMetrics([])).toHaveLength(1);
    expect(listedExternalMetrics([])).toHaveLength(1);
  });

  test('puts all into one list for clients that take it', () => {
    const external = listedExternalMetrics(['queue_depth']);
    const groups = [
      custom,
      { group: 'external.metrics.k8s.io', versions: [{ version: 'v1beta1', resources: external }] },
      {
        group: 'metrics.k8s.io',
        versions: [{ version: 'v1beta1', resources: LISTED_RESOURCE_METRICS }],
      },
    ];
    expect(apiGroupDiscoveryList(groups)).toMatchObject({
      items: [
        {
          metadata: { name: 'custom.metrics.k8s.io' },
          versions: [
            {
              version: 'v1beta2',
              freshness: 'Current',
              resources: [
                { resource: 'deployments.apps', scope: 'Namespaced', verbs: [] },
                { resource: 'namespaces', scope: 'Cluster' },
                {
                  resource: 'pods',
                  responseKind: { group: '', version: '', kind: '' },
                  subresources: [
                    {
                      subresource: 'rps',
                      responseKind: { kind: 'MetricValueList' },
                      verbs: ['get'],
                    },
                  ],
                },
              ],
            },
            { version: 'v1beta1' },
          ],
        },
        { versions: [{ resources: [{ resource: 'queue_depth', verbs: ['get'] }] }] },
        {
          versions: [
            { resources: [{ resource: 'nodes', scope: 'Cluster' }, { resource: 'pods' }] },
          ],
        },
      ],
    });
  });
});
