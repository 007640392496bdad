import type { AutoscalerDemand, NamedMetric } from '../demand/autoscaler-demand.ts';
import type { MetricProblem } from '../self/metric-problem.ts';

/** The autoscalers that name a metric, in the namespace it was asked for in. */
export function autoscalersNaming(
  { group, namespace, metric }: MetricProblem,
  demand: readonly AutoscalerDemand[],
): readonly AutoscalerDemand[] {
  const isOfGroup = ({ type }: NamedMetric): boolean =>
    (type === 'External') === (group === 'external.metrics.k8s.io');
  return demand.filter(
    (autoscaler) =>
      // Objects without namespace are asked for from any.
      (namespace === '' || autoscaler.namespace === namespace) &&
      autoscaler.metrics.some((named) => named.name === metric && isOfGroup(named)),
  );
}
