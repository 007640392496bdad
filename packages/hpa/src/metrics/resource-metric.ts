import type { MetricTrace } from '../decision-trace.ts';
import type { MetricTarget } from '../hpa-spec.ts';
import type { MetricStatus, MetricValueStatus } from '../hpa-status.ts';
import { fail, prefixed, succeed, type MetricOutcome, type Outcome } from '../metric-outcome.ts';
import { milliValue } from '../milli-value.ts';
import { containerResourceSamples, podResourceSamples, type PodSamples } from '../pod-samples.ts';
import {
  incompleteMetric,
  readingOfKind,
  type MetricContext,
  type MetricInput,
} from './metric-context.ts';
import { averageAmount, utilizationAmount } from './metric-amount.ts';
import { quantityText } from './quantity-text.ts';
import { averageReplicas, utilizationReplicas, type SampledReplicas } from './sampled-replicas.ts';

/** A Resource or ContainerResource metric, in the form both share. */
interface ResourceSource {
  readonly type: 'Resource' | 'ContainerResource';
  readonly resource: string;
  readonly container?: string;
  readonly target: MetricTarget;
}

/** What a resource metric gives besides its proposal. */
interface ResourceResult {
  readonly sampled: SampledReplicas;
  readonly metric: string;
  readonly current: MetricValueStatus;
}

/**
 * Computes a Resource or ContainerResource metric. An average value goes before a utilization, whatever
 * `target.type` says.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go computeStatusForResourceMetricGeneric
 */
export function computeResourceMetric(context: MetricContext, input: MetricInput): MetricOutcome {
  const source = sourceOf(input);
  const outcome = computeTarget(context, input, source);
  const trace = (): MetricTrace => ({
    metric: outcome.ok ? outcome.value.metric : `${source.resource} resource`,
    shortName: source.resource,
    type: source.type,
    ...targetTrace(source.target),
  });
  if (!outcome.ok) {
    const prefix =
      source.container === undefined
        ? `failed to get ${source.resource} resource metric value`
        : `failed to get ${source.container} container metric value`;
    return {
      ok: false,
      reason: `FailedGet${source.type}Metric`,
      error: outcome.error,
      fullError: `${prefix}: ${outcome.error}`,
      trace: () => ({ ...trace(), error: outcome.error, cause: outcome.cause }),
    };
  }
  const { sampled, metric, current } = outcome.value;
  return {
    ok: true,
    replicas: sampled.proposal.replicas,
    metric,
    status: statusOf(source, current),
    trace: () => ({ ...trace(), ...currentTrace(current), ...sampled.trace() }),
  };
}

function sourceOf({ spec, index }: MetricInput): ResourceSource {
  if (spec.type === 'ContainerResource') {
    if (spec.containerResource === undefined) throw incompleteMetric(index, 'containerResource');
    const { name, container, target } = spec.containerResource;
    return { type: spec.type, resource: name, container, target };
  }
  if (spec.resource === undefined) throw incompleteMetric(index, 'resource');
  return { type: 'Resource', resource: spec.resource.name, target: spec.resource.target };
}

function computeTarget(
  context: MetricContext,
  input: MetricInput,
  source: ResourceSource,
): Outcome<ResourceResult> {
  const { averageValue, averageUtilization } = source.target;
  if (averageValue !== undefined) return computeAverage(context, input, source, averageValue);
  if (averageUtilization !== undefined) {
    return computeUtilization(context, input, source, averageUtilization);
  }
  return fail(
    'invalid resource metric source: neither an average utilization target nor an average value (usage) target was set',
  );
}

function computeAverage(
  context: MetricContext,
  input: MetricInput,
  source: ResourceSource,
  target: string,
): Outcome<ResourceResult> {
  const samples = readSamples(input, source);
  const sampled = samples.ok
    ? averageReplicas(context, samples.value, source, milliValue(target, 'target.averageValue'))
    : samples;
  if (!sampled.ok) return prefixed(`failed to get ${source.resource} usage`, sampled);
  const { averageMilli } = sampled.value.proposal.usage;
  return succeed({
    sampled: sampled.value,
    metric: `${source.resource} resource`,
    current: { averageValue: quantityText(averageMilli, source.resource) },
  });
}

function computeUtilization(
  context: MetricContext,
  input: MetricInput,
  source: ResourceSource,
  targetPercent: number,
): Outcome<ResourceResult> {
  const samples = readSamples(input, source);
  const sampled = samples.ok
    ? utilizationReplicas(context, samples.value, source, targetPercent)
    : samples;
  if (!sampled.ok) return prefixed(`failed to get ${source.resource} utilization`, sampled);
  const { averageMilli, utilizationPercent } = sampled.value.proposal.usage;
  const kind = source.type === 'ContainerResource' ? 'container resource' : 'resource';
  return succeed({
    sampled: sampled.value,
    metric: `${source.resource} ${kind} utilization (percentage of request)`,
    current: {
      averageValue: quantityText(averageMilli, source.resource),
      ...(utilizationPercent !== undefined && { averageUtilization: utilizationPercent }),
    },
  });
}

/** @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go GetResourceMetric */
function readSamples(input: MetricInput, source: ResourceSource): Outcome<PodSamples> {
  const reading = readingOfKind(input, 'resource');
  const prefix = `unable to get metrics for resource ${source.resource}`;
  if (reading.kind === 'failed') {
    const caller = `${prefix}: unable to fetch metrics from resource metrics API`;
    return prefixed(caller, fail(reading.error));
  }
  if (reading.pods.length === 0) {
    return prefixed(prefix, fail('no metrics returned from resource metrics API'));
  }
  return succeed(
    source.container === undefined
      ? podResourceSamples(reading)
      : containerResourceSamples(reading, source.container),
  );
}

function statusOf(source: ResourceSource, current: MetricValueStatus): MetricStatus {
  const { type, resource: name, container } = source;
  return container === undefined
    ? { type, resource: { name, current } }
    : { type, containerResource: { name, container, current } };
}

function targetTrace({
  averageValue,
  averageUtilization,
}: MetricTarget): Pick<MetricTrace, 'target'> {
  if (averageValue !== undefined) return { target: averageAmount(averageValue) };
  return averageUtilization === undefined ? {} : { target: utilizationAmount(averageUtilization) };
}

function currentTrace({
  averageValue,
  averageUtilization,
}: MetricValueStatus): Pick<MetricTrace, 'current'> {
  if (averageUtilization !== undefined) return { current: utilizationAmount(averageUtilization) };
  return averageValue === undefined ? {} : { current: averageAmount(averageValue) };
}
