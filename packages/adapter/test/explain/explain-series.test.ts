import { expect, test } from 'vitest';
import { readAdapterConfig } from '../../src/config/read-adapter-config.ts';
import { commonResources } from '../../src/explain/common-resources.ts';
import { explainSeries, type RuleVerdict } from '../../src/explain/explain-series.ts';

const CONFIG = `
rules:
  - seriesQuery: '{__name__=~"^container_.*",pod!=""}'
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
  - seriesQuery: 'http_requests_total{namespace!="",pod!=""}'
    resources: { template: <<.Resource>> }
    name: { matches: ^(.*)_total$, as: '\${1}_per_second' }
    metricsQuery: sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)
  - seriesQuery: '{namespace!=""}'
    seriesFilters: [{ isNot: .*_total$ }]
    resources: { template: <<.Resource>> }
    metricsQuery: <<.Series>>
externalRules:
  - seriesQuery: '{__name__=~"http_.*"}'
    resources: { namespaced: false }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>})
`;

const explain = (series: string): readonly RuleVerdict[] =>
  explainSeries(
    series,
    readAdapterConfig({ file: 'config.yaml', text: CONFIG }),
    commonResources(),
  );

test('says which rule takes a series, where its metric appears and what is asked', () => {
  const verdicts = explain('http_requests_total{namespace="shop",pod="web-1",code="200"}');
  expect(verdicts.map(({ part, metric, refusal }) => [part, metric, refusal])).toEqual([
    ['rules[0]', undefined, 'seriesQuery asks for __name__=~"^container_.*"'],
    ['rules[1]', 'http_requests_per_second', undefined],
    ['rules[2]', undefined, 'seriesFilters or name.matches leave http_requests_total out'],
    ['externalRules[0]', 'http_requests_total', undefined],
  ]);
  expect(verdicts[1]?.place).toMatchObject({ file: 'config.yaml', line: 6 });
  expect(verdicts[1]?.served).toEqual([
    {
      path: '/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/metrics/http_requests_per_second',
      query: 'sum(rate(http_requests_total{namespace="shop"}[2m])) by (namespace)',
    },
    {
      path: '/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/pods/web-1/http_requests_per_second',
      query: 'sum(rate(http_requests_total{namespace="shop",pod="web-1"}[2m])) by (pod)',
    },
  ]);
  expect(verdicts[3]?.served).toEqual([
    {
      path: '/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/http_requests_total',
      query: 'sum(http_requests_total{})',
    },
  ]);
});

test('says that no label names a resource', () => {
  const config = {
    file: 'c.yaml',
    text: 'rules: [{ seriesQuery: up, metricsQuery: up, resources: { template: x_<<.Resource>> } }]',
  };
  const [verdict] = explainSeries('up{job="web"}', readAdapterConfig(config), commonResources());
  expect(verdict).toMatchObject({
    metric: 'up',
    refusal: 'no label names a resource, as resources says',
  });
});

test.each(['{job="web"}', 'up{job!="web"}', 'sum(up)'])(
  'refuses %s, which is not one series',
  (series) => {
    expect(() => explain(series)).toThrow('Expected');
  },
);
