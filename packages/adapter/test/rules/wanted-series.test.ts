import { expect, test } from 'vitest';
import type { DiscoveryRule } from '../../src/config/discovery-rule.ts';
import { MetricNamer } from '../../src/naming/metric-namer.ts';
import { wantedSeries } from '../../src/rules/wanted-series.ts';
import { CLUSTER, PLACE } from '../naming/cluster.ts';

function wanted(
  seriesQuery: string,
  name: DiscoveryRule['name'],
  metric: string,
): string | undefined {
  const rule: DiscoveryRule = {
    ...{ place: PLACE, seriesQuery, seriesFilters: [], name, metricsQuery: 'x' },
    resources: { template: '<<.Resource>>', overrides: {} },
  };
  return wantedSeries(new MetricNamer(rule, CLUSTER, 'regexp'), metric);
}

const NONE = { matches: '', as: '' };
const RATE = { matches: '^(.*)_total$', as: '${1}_per_second' };

/** What is read, of which query and naming, for which metric, and the selector. */
type Row = readonly [string, string, DiscoveryRule['name'], string, string | undefined];

test.each<Row>([
  ['a selector with a name as it is', ' up{a="b"} ', NONE, 'up', 'up{a="b"}'],
  ['a bare name', 'up', NONE, 'up', 'up'],
  ['no selector of another name', 'up', NONE, 'down', undefined],
  ['a name that a rule changes', 'x_total', RATE, 'x_per_second', 'x_total'],
  ['any name', '{a!=""}', NONE, 'x', '{a!="",__name__=~".*x.*"}'],
  ['any name of all series', '{ }', NONE, 'x', '{__name__=~".*x.*"}'],
  ['a comma at the end', '{a="b",}', NONE, 'x', '{a="b",__name__=~".*x.*"}'],
  ['a changed name', '{a!=""}', RATE, 'x_per_second', '{a!="",__name__=~".*x.*"}'],
  ['a name that no series gets', '{a!=""}', RATE, 'x', undefined],
  ['a fixed name', '{a!=""}', { matches: '^b$', as: 'c' }, 'c', '{a!="",__name__=~".*(?:^b$).*"}'],
  ['another fixed name', '{a!=""}', { matches: '^b$', as: 'c' }, 'd', undefined],
  ['two groups', '{a!=""}', { matches: '(b)(c)', as: '$2$1' }, 'cb', undefined],
  ['an offset', '{a!=""} offset 1h', NONE, 'x', undefined],
])('reads backwards: %s', (_, ...[seriesQuery, name, metric, selector]) => {
  expect(wanted(seriesQuery, name, metric)).toBe(selector);
});
