import type { MetricTrace } from '../decision-trace.ts';
import type { HpaSpec, MetricTarget } from '../hpa-spec.ts';
import { fail, prefixed, succeed, type MetricOutcome, type Outcome } from '../metric-outcome.ts';
import type { Int64 } from '../int64.ts';
import { milliValue } from '../milli-value.ts';
import { objectAverageReplicas } from '../average-replicas.ts';
import { labelSelectorProblem } from '../label-selectors.ts';
import { labelSelectorText } from '../label-selector-text.ts';
import { valueReplicas } from '../value-replicas.ts';
import {
  incompleteMetric,
  readingOfKind,
  type MetricContext,
  type MetricInput,
} from './metric-context.ts';
import { averageTotal, readTime, valueTotal, type TotalProposal } from './total-proposal.ts';

type ObjectSource = NonNullable<NonNullable<HpaSpec['metrics']>[number]['object']>;

/** How the target is given; null is a spec that names none that counts. */
type ObjectTarget = { readonly kind: 'value' | 'averageValue'; readonly text: string } | null;

/**
 * Computes an Object metric. Here, other than for all other sources, `target.type` decides which value
 * counts.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go computeStatusForObjectMetric
 */
export function computeObjectMetric(context: MetricContext, input: MetricInput): MetricOutcome {
  const source = input.spec.object;
  if (source === undefined) throw incompleteMetric(input.index, 'object');
  const target = targetOf(source.target);
  const metric = nameOf(source, target);
  const trace = (): MetricTrace => ({
    metric,
    shortName: source.metric.name,
    type: 'Object',
    ...(target && { target }),
  });
  const selectorProblem = labelSelectorProblem(source.metric.selector);
  const proposal =
    selectorProblem === undefined ? propose(context, input, target) : fail(selectorProblem);
  if (!proposal.ok) {
    const { error, cause } = proposal;
    const isAverage = selectorProblem === undefined && target?.kind === 'averageValue';
    const inner = isAverage ? `failed to get ${source.metric.name} object metric: ${error}` : error;
    return {
      ok: false,
      reason: 'FailedGetObjectMetric',
      error,
      fullError: `failed to get object metric value: ${inner}`,
      trace: () => ({ ...trace(), error, cause }),
    };
  }
  const { replicas, current, trace: details } = proposal.value;
  const { describedObject, metric: identifier } = source;
  return {
    ok: true,
    replicas,
    metric,
    status: { type: 'Object', object: { metric: identifier, current, describedObject } },
    trace: () => ({ ...trace(), ...details() }),
  };
}

function targetOf({ type, value, averageValue }: MetricTarget): ObjectTarget {
  if (type === 'Value' && value !== undefined) return { kind: 'value', text: value };
  if (type === 'AverageValue' && averageValue !== undefined) {
    return { kind: 'averageValue', text: averageValue };
  }
  return null;
}

/** Upstream calls an average of an object an 'external metric', and so does this. */
function nameOf({ describedObject, metric }: ObjectSource, target: ObjectTarget): string {
  return target?.kind === 'averageValue'
    ? `external metric ${metric.name}(${labelSelectorText(metric.selector)})`
    : `${describedObject.kind} metric ${metric.name}`;
}

function propose(
  context: MetricContext,
  input: MetricInput,
  target: ObjectTarget,
): Outcome<TotalProposal> {
  if (target === null) {
    return fail(
      'invalid object metric source: neither a value target nor an average value target was set',
    );
  }
  const reading = readValue(context, input);
  if (!reading.ok) return reading;
  const { totalMilli, atMs } = reading.value;
  const targetMilli = milliValue(target.text, `target.${target.kind}`);
  const { statusReplicas, tolerances } = context;
  if (target.kind === 'averageValue') {
    const average = objectAverageReplicas({ totalMilli, targetMilli, statusReplicas, tolerances });
    return succeed(averageTotal(average, { tolerances, atMs }));
  }
  const usageRatio = Number(totalMilli) / Number(targetMilli);
  const replicas = valueReplicas({ ...context, usageRatio });
  if (!replicas.ok) return replicas;
  const value = { ...replicas.value, usageRatio, totalMilli };
  return succeed(valueTotal(value, { tolerances, atMs }));
}

/** @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go GetObjectMetric */
function readValue(
  { namespace }: MetricContext,
  input: MetricInput,
): Outcome<{ readonly totalMilli: Int64; readonly atMs: number | undefined }> {
  const reading = readingOfKind(input, 'object');
  if (reading.kind === 'object') {
    const field = `metrics[${input.index}].value`;
    return succeed({ totalMilli: milliValue(reading.value, field), atMs: readTime(reading.atMs) });
  }
  const { describedObject, metric } = input.spec.object ?? {};
  const object = `${describedObject?.kind ?? ''} ${namespace}/${describedObject?.name ?? ''}`;
  const prefix = `unable to get metric ${metric?.name ?? ''} on ${object}`;
  const caller = `${prefix}: unable to fetch metrics from custom metrics API`;
  return prefixed(caller, fail(reading.error));
}
