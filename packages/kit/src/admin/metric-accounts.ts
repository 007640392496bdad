import type { MetricFamily } from '@bellows/exposition';

/** Updates that went to overflow series, by metric. @param uses - Pairs of a metric and a number of them. */
export function overflowFamily(
  uses: Iterable<readonly [metric: string, count: number]>,
): MetricFamily {
  return countedByMetric(
    {
      name: 'bellows_metric_overflow_total',
      help: 'Updates that went to the overflow series because a metric has too many label sets.',
      type: 'counter',
    },
    uses,
  );
}

/** Metrics that are left out of a page. @param metrics - A name for each time. */
export function clashFamily(metrics: readonly string[]): MetricFamily {
  return countedByMetric(
    {
      name: 'bellows_metric_clashes',
      help: 'Metrics that are not on this page because another one of the same name is.',
      type: 'gauge',
    },
    metrics.map((metric) => [metric, 1] as const),
  );
}

function countedByMetric(
  family: Omit<MetricFamily, 'samples'>,
  counts: Iterable<readonly [metric: string, count: number]>,
): MetricFamily {
  const sums = new Map<string, number>();
  for (const [metric, count] of counts) sums.set(metric, (sums.get(metric) ?? 0) + count);
  const samples = [...sums].map(([metric, value]) => ({
    name: family.name,
    labels: { metric },
    value,
  }));
  return { ...family, samples };
}
