import type { Source } from '../source/source.ts';
import type { MetricProblem } from './metric-problem.ts';

const REMEDY =
  'ask bellows adapter explain SERIES which rule would take it, and see that Prometheus has the series or that the source names it';

/** The source after all others: it has no metric, and tells of those that were asked for in vain. */
export function createUnknownMetrics(onProblem: (problem: MetricProblem) => void): Source {
  const tell = (
    group: MetricProblem['group'],
    namespace: string,
    metric: string,
  ): Promise<undefined> => {
    const message = `no rule and no source is known to have the metric ${metric}`;
    onProblem({
      group,
      namespace,
      metric,
      source: '',
      reason: 'MetricUnknown',
      message,
      remedy: REMEDY,
    });
    return Promise.resolve(undefined);
  };
  return {
    name: 'unknown',
    custom: {
      list: () => [],
      read: ({ namespace, metric }) => tell('custom.metrics.k8s.io', namespace, metric),
    },
    external: {
      list: () => [],
      read: ({ namespace, metric }) => tell('external.metrics.k8s.io', namespace, metric),
    },
    start: () => undefined,
    isReady: () => true,
    state: () => [],
    stop: () => Promise.resolve(),
  };
}
