import { commonResources, explainSeries, readAdapterConfig } from '@bellows/adapter';
import { expect, test } from 'vitest';
import { seriesText } from '../../src/adapter/series-text.ts';

const text = `rules:
  - seriesQuery: 'queue{namespace!="",pod!=""}'
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
  - seriesQuery: other
    resources: { template: <<.Resource>> }
    metricsQuery: sum(<<.Series>>) by (<<.GroupBy>>)
`;

test('says who takes a series, where it appears and what is asked, and then why others do not', () => {
  const series = 'queue{namespace="shop",pod="web-1"}';
  const config = readAdapterConfig({ file: 'config.yaml', text });
  const lines = seriesText(series, explainSeries(series, config, commonResources())).split('\n');
  expect(lines[0]).toBe(`${series} is taken by rules[0].`);
  expect(lines).toContain('    asks sum(queue{namespace="shop",pod="web-1"}) by (pod)');
  const last = lines.slice(lines.indexOf('Not taken by:'));
  expect(last).toHaveLength(2);
  expect(last[1]).toMatch(/^ {2}rules\[1\] \(config\.yaml:5:\d+\): /);
});
