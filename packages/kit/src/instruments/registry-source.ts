import type { CollectSource, CollectTask } from './collect-schedule.ts';
import type { MetricRegistry } from './metric-registry.ts';

/** The metrics of a registry that do not write their values themselves: those with `collect`, and summaries. */
export function registrySource(registry: MetricRegistry): CollectSource {
  return { tasks: () => collectTasks(registry) };
}

/** What brings the metrics of a registry up to date. */
export function* collectTasks(registry: MetricRegistry): Generator<CollectTask> {
  for (const metric of registry.all) {
    const { name } = metric;
    if (metric.collect !== undefined) yield { metric: name, run: () => metric.collect?.() };
    if (metric.publish !== undefined) yield { metric: name, run: () => metric.publish?.() };
  }
}
