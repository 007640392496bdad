import { Selector } from '@bellows/core';
import { expect, test } from 'vitest';
import { MetricNamer } from '../../src/naming/metric-namer.ts';
import { ExternalMetricRegistry } from '../../src/registry/external-metric-registry.ts';
import { CLUSTER, PLACE } from '../naming/cluster.ts';

test('external metrics are listed by name, and asked for by the rule that named them last', () => {
  const rule = (metricsQuery: string): MetricNamer =>
    new MetricNamer(
      {
        place: PLACE,
        seriesQuery: 's',
        seriesFilters: [],
        resources: { template: '', overrides: {}, namespaced: false },
        name: { matches: '^queue_(.*)$', as: 'q_$1' },
        metricsQuery,
      },
      CLUSTER,
      'none',
    );
  const series = ['queue_lag', 'queue_depth', 'other'].map((name) => ({ name, labelNames: [] }));
  const registry = new ExternalMetricRegistry([
    { namer: rule('first'), series },
    { namer: rule('sum(<<.Series>>)'), series: series.slice(0, 1) },
  ]);
  const query = { namespace: 'shop', selector: Selector.of([]) };
  expect(registry.list()).toEqual(['q_depth', 'q_lag']);
  expect(registry.query({ ...query, metric: 'q_lag' })).toBe('sum(queue_lag)');
  expect(registry.query({ ...query, metric: 'q_depth' })).toBe('first');
  expect(registry.query({ ...query, metric: 'other' })).toBeUndefined();
});
