import { NAMESPACES, SIGNALS } from './signals.ts';

/** What one adapter serves all signals with: pods of one namespace scraped by itself, a rule for each scrape interval. */
export function adapterConfig(): string {
  const rules = SIGNALS.flatMap(({ id, metric, prometheus }) =>
    prometheus === undefined
      ? []
      : [
          {
            seriesQuery: `http_requests_total{namespace!="",pod!="",job="${id}"}`,
            resources: { template: '<<.Resource>>' },
            name: { as: metric },
            metricsQuery: `sum(rate(<<.Series>>{<<.LabelMatchers>>,job="${id}"}[${prometheus.range}])) by (<<.GroupBy>>)`,
          },
        ],
  );
  const sources = [{ name: 'scraped', pods: { namespaces: [NAMESPACES.direct] } }];
  // JSON is YAML.
  return JSON.stringify({ rules, sources });
}
