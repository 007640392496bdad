import type { Cell } from '../instruments/cell.ts';
import type { FamilyType } from '../instruments/journal.ts';
import type { Metric } from '../instruments/metric.ts';
import { readHistogram, readSummary, readValue } from '../instruments/slot-layout.ts';

/** One value of a metric. */
export interface MetricValue {
  /** Labels that have a value, with `le` or `quantile` as a number. */
  readonly labels: Readonly<Record<string, string | number>>;
  /** In the unit of the metric's name. */
  readonly value: number;
  /** Name of its line, where that is not the metric's. */
  readonly metricName?: string;
}

/** A metric with its values, as prom-client's `get` gives it. */
export interface MetricReading {
  /** As it stands in `/metrics`. */
  readonly name: string;
  /** One line for the reader. */
  readonly help: string;
  /** How its values are read. */
  readonly type: FamilyType;
  /** One entry for each line it has on the page. */
  readonly values: readonly MetricValue[];
  /** How values of several processes belong together; kept for those who read it. */
  readonly aggregator: string;
}

/** What a metric's series are at this moment. */
export function readMetric(
  metric: Metric<never> & { readonly aggregator?: string },
): MetricReading {
  const { name, help, type, aggregator = 'sum' } = metric;
  const values = [...metric.table.cells].flatMap((cell) => readCell(metric, cell));
  return { name, help, type, values, aggregator };
}

function readCell({ name, type, labelNames, table }: Metric<never>, cell: Cell): MetricValue[] {
  const pairs = labelNames.map((label, index) => [label, cell.labelValues[index] ?? ''] as const);
  const labels = Object.fromEntries(pairs.filter(([, value]) => value !== ''));
  const { bounds } = table.family;
  if (type === 'histogram') {
    const { cumulativeCounts, sum, count } = readHistogram(cell, bounds.length);
    const buckets = [...bounds, '+Inf'].map((le, index): MetricValue => {
      const value = cumulativeCounts[index] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value };
    });
    return [...buckets, ...sumAndCount(name, labels, sum, count)];
  }
  if (type === 'summary') {
    const { quantiles, sum, count } = readSummary(cell, bounds.length);
    const values = bounds.map((quantile, index): MetricValue => {
      return { labels: { quantile, ...labels }, value: quantiles[index] ?? 0 };
    });
    return [...values, ...sumAndCount(name, labels, sum, count)];
  }
  return [{ labels, value: readValue(cell) }];
}

function sumAndCount(
  name: string,
  labels: MetricValue['labels'],
  sum: number,
  count: number,
): MetricValue[] {
  return [
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
