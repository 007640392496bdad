import { Selector, parseLabelSelector } from '@bellows/core';
import { describe, expect, test } from 'vitest';
import type { DiscoveryRule } from '../../src/config/discovery-rule.ts';
import { MetricNamer } from '../../src/naming/metric-namer.ts';
import { CLUSTER, PLACE } from './cluster.ts';

const rule: DiscoveryRule = {
  place: PLACE,
  seriesQuery: 'ingress_hits_total',
  seriesFilters: [],
  resources: { template: 'kube_<<.Resource>>', overrides: {} },
  name: { matches: '^(.*)_total$', as: '' },
  metricsQuery: 'sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)',
};
const pods = { group: '', resource: 'pods' };
const all = Selector.of([]);

describe('MetricNamer', () => {
  test('asks for objects by the labels that name them', () => {
    const namer = new MetricNamer(rule, CLUSTER, 'none');
    const query = {
      series: 'ingress_hits_total',
      resource: pods,
      namespace: 'somens',
      selector: all,
    };
    expect(namer.queryObjects({ ...query, names: ['somepod'] })).toBe(
      'sum(rate(ingress_hits_total{kube_namespace="somens",kube_pod="somepod"}[1m])) by (kube_pod)',
    );
    expect(
      namer.queryObjects({
        ...query,
        names: ['a', 'b'],
        selector: parseLabelSelector('param1=value1'),
      }),
    ).toBe(
      'sum(rate(ingress_hits_total{param1="value1",kube_namespace="somens",kube_pod=~"a|b"}[1m])) by (kube_pod)',
    );
  });

  test('takes a dot in one of several names for itself when told so', () => {
    const query = {
      series: 's',
      resource: pods,
      namespace: '',
      names: ['a.b', 'c'],
      selector: all,
    };
    expect(new MetricNamer(rule, CLUSTER, 'regexp').queryObjects(query)).toContain('"a\\\\.b|c"');
  });

  test('asks for an external metric in its namespace, unless it has none', () => {
    const query = { series: 'queue_depth', namespace: 'shop', selector: all };
    const external = (namespaced: boolean): string => {
      const resources = { ...rule.resources, namespaced };
      return new MetricNamer({ ...rule, resources }, CLUSTER, 'none').queryExternal(query);
    };
    expect(external(true)).toBe('sum(rate(queue_depth{kube_namespace="shop"}[1m])) by ()');
    expect(external(false)).toBe('sum(rate(queue_depth{}[1m])) by ()');
  });

  test('says which resource has no label', () => {
    const namer = new MetricNamer(
      { ...rule, resources: { template: '', overrides: {} } },
      CLUSTER,
      'none',
    );
    const query = { series: 's', resource: pods, namespace: '', names: ['a'], selector: all };
    expect(() => namer.queryObjects(query)).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_QUERY', place: PLACE }),
    );
  });

  test('makes no empty query', () => {
    const namer = new MetricNamer({ ...rule, metricsQuery: '' }, CLUSTER, 'none');
    const query = { series: 's', resource: pods, namespace: '', names: ['a'], selector: all };
    expect(() => namer.queryObjects(query)).toThrow(/got an empty text/);
  });

  test('refuses a rule whose query is no template', () => {
    expect(() => new MetricNamer({ ...rule, metricsQuery: '<<.Series' }, CLUSTER, 'none')).toThrow(
      expect.objectContaining({ code: 'ERR_ADAPTER_RULE', place: PLACE }),
    );
  });
});
