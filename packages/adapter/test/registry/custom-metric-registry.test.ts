import { Selector } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import { MetricNamer } from '../../src/naming/metric-namer.ts';
import { CustomMetricRegistry } from '../../src/registry/custom-metric-registry.ts';
import { CLUSTER, PLACE } from '../naming/cluster.ts';

function namer(as: string, metricsQuery: string): MetricNamer {
  const rule = {
    place: PLACE,
    seriesQuery: 's',
    seriesFilters: [],
    resources: { template: '<<.Resource>>', overrides: {} },
    name: { matches: '', as },
    metricsQuery,
  };
  return new MetricNamer(rule, CLUSTER, 'none');
}

const series = [{ name: 'hits_total', labelNames: ['namespace', 'pod'] }];
const request = {
  resource: { group: '', resource: 'pod' },
  metric: 'hits',
  namespace: 'shop',
  names: ['a'],
  selector: Selector.of([]),
};

describe('CustomMetricRegistry', () => {
  test('lists a metric of each resource; those of namespaces and nodes belong to none', () => {
    const registry = new CustomMetricRegistry(CLUSTER, [{ namer: namer('hits', 'q'), series }]);
    expect(registry.list()).toEqual([
      { resource: { group: '', resource: 'namespaces' }, namespaced: false, metric: 'hits' },
      { resource: { group: '', resource: 'pods' }, namespaced: true, metric: 'hits' },
    ]);
  });

  test('a later rule takes the place of an earlier one', () => {
    const rules = ['first', 'second'].map((query) => ({ namer: namer('hits', query), series }));
    expect(new CustomMetricRegistry(CLUSTER, rules).query(request)).toBe('second');
  });

  test('has no query for what is not there', () => {
    const registry = new CustomMetricRegistry(CLUSTER, [{ namer: namer('hits', 'q'), series }]);
    expect(registry.query({ ...request, metric: 'x' })).toBeUndefined();
    expect(registry.query({ ...request, namespace: '' })).toBeUndefined();
    expect(
      registry.query({ ...request, resource: { group: '', resource: 'gizmo' } }),
    ).toBeUndefined();
    expect(() => registry.query({ ...request, names: [] })).toThrow(/names of objects/);
  });
});
