import type { MetricOutcome } from '../metric-outcome.ts';
import { computeExternalMetric } from './external-metric.ts';
import type { MetricContext, MetricInput } from './metric-context.ts';
import { computeObjectMetric } from './object-metric.ts';
import { computePodsMetric } from './pods-metric.ts';
import { computeResourceMetric } from './resource-metric.ts';

/**
 * Computes what one metric of the spec proposes.
 *
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` for a reading that is of another kind or holds no
 * quantity; `ERR_HPA_SPEC` for a metric without its source.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go computeReplicasForMetric
 */
export function computeMetric(context: MetricContext, input: MetricInput): MetricOutcome {
  switch (input.spec.type) {
    case 'Resource':
    case 'ContainerResource':
      return computeResourceMetric(context, input);
    case 'Pods':
      return computePodsMetric(context, input);
    case 'Object':
      return computeObjectMetric(context, input);
    case 'External':
      return computeExternalMetric(context, input);
    default:
      return unknownMetric(input.spec.type);
  }
}

/** A type that the API server would reject; the controller has an answer all the same. */
function unknownMetric(type: string): MetricOutcome {
  const error = `unknown metric source type ${JSON.stringify(type)}`;
  return {
    ok: false,
    reason: 'InvalidMetricSourceType',
    error,
    fullError: error,
    trace: () => ({ metric: type, shortName: type, type, error, cause: error }),
  };
}
