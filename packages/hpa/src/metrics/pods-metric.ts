import type { MetricTrace } from '../decision-trace.ts';
import type { MetricIdentifier } from '../hpa-spec.ts';
import { fail, prefixed, succeed, type MetricOutcome, type Outcome } from '../metric-outcome.ts';
import { milliValue } from '../milli-value.ts';
import { podMetricSamples, type PodSamples } from '../pod-samples.ts';
import { labelSelectorProblem } from '../label-selectors.ts';
import {
  incompleteMetric,
  readingOfKind,
  type MetricContext,
  type MetricInput,
} from './metric-context.ts';
import { averageAmount } from './metric-amount.ts';
import { quantityText } from './quantity-text.ts';
import { averageReplicas, type SampledReplicas } from './sampled-replicas.ts';

/**
 * Computes a Pods metric. Only its average value counts, whatever `target.type` says.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go computeStatusForPodsMetric
 */
export function computePodsMetric(context: MetricContext, input: MetricInput): MetricOutcome {
  const source = input.spec.pods;
  if (source === undefined) throw incompleteMetric(input.index, 'pods');
  const { averageValue } = source.target;
  if (averageValue === undefined) throw incompleteMetric(input.index, 'pods.target.averageValue');

  const metric = `pods metric ${source.metric.name}`;
  const trace = (): MetricTrace => ({
    metric,
    shortName: source.metric.name,
    type: 'Pods',
    target: averageAmount(averageValue),
  });
  const sampled = computeReplicas(context, input, source.metric, averageValue);
  if (!sampled.ok) {
    const { error, cause } = sampled;
    const fullError = `failed to get pods metric value: ${error}`;
    return {
      ok: false,
      reason: 'FailedGetPodsMetric',
      error,
      fullError,
      trace: () => ({ ...trace(), error, cause }),
    };
  }
  const current = quantityText(sampled.value.proposal.usage.averageMilli);
  return {
    ok: true,
    replicas: sampled.value.proposal.replicas,
    metric,
    status: {
      type: 'Pods',
      pods: { metric: source.metric, current: { averageValue: current } },
    },
    trace: () => ({ ...trace(), current: averageAmount(current), ...sampled.value.trace() }),
  };
}

function computeReplicas(
  context: MetricContext,
  input: MetricInput,
  { name, selector }: MetricIdentifier,
  target: string,
): Outcome<SampledReplicas> {
  const problem = labelSelectorProblem(selector);
  if (problem !== undefined) return fail(problem);
  const samples = readSamples(input, name);
  return samples.ok
    ? averageReplicas(context, samples.value, {}, milliValue(target, 'target.averageValue'))
    : samples;
}

/** @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go GetRawMetric */
function readSamples(input: MetricInput, name: string): Outcome<PodSamples> {
  const reading = readingOfKind(input, 'pods');
  const prefix = `unable to get metric ${name}`;
  if (reading.kind === 'failed') {
    const caller = `${prefix}: unable to fetch metrics from custom metrics API`;
    return prefixed(caller, fail(reading.error));
  }
  return reading.values.length === 0
    ? prefixed(prefix, fail('no metrics returned from custom metrics API'))
    : succeed(podMetricSamples(reading));
}
