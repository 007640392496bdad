import type { MetricIdentifier, MetricTarget } from '../hpa-spec.ts';
import { externalAverageReplicas } from '../average-replicas.ts';
import type { MetricTrace } from '../decision-trace.ts';
import type { Int64 } from '../int64.ts';
import { externalAverageTotal, externalValueTotal } from '../external-total.ts';
import { labelSelectorProblem } from '../label-selectors.ts';
import { labelSelectorText } from '../label-selector-text.ts';
import { fail, prefixed, succeed, type MetricOutcome, type Outcome } from '../metric-outcome.ts';
import { milliValue } from '../milli-value.ts';
import { valueReplicas } from '../value-replicas.ts';
import {
  incompleteMetric,
  readingOfKind,
  type MetricContext,
  type MetricInput,
} from './metric-context.ts';
import { averageAmount, valueAmount } from './metric-amount.ts';
import { averageTotal, readTime, valueTotal, type TotalProposal } from './total-proposal.ts';

interface Series {
  readonly valuesMilli: readonly Int64[];
  readonly atMs: number | undefined;
}

/**
 * Computes an External metric. An average value goes before a value, whatever `target.type` says.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go computeStatusForExternalMetric
 */
export function computeExternalMetric(context: MetricContext, input: MetricInput): MetricOutcome {
  const source = input.spec.external;
  if (source === undefined) throw incompleteMetric(input.index, 'external');
  const { name } = source.metric;
  const { value, averageValue } = source.target;
  const metric = `external metric ${name}(${labelSelectorText(source.metric.selector)})`;
  const trace = (): MetricTrace => ({
    metric,
    shortName: name,
    type: 'External',
    ...targetTrace(source.target),
  });

  const proposal = propose(context, input);
  if (!proposal.ok) {
    const { error, cause } = proposal;
    const inner =
      averageValue !== undefined
        ? `failed to get ${name} external metric: ${error}`
        : value !== undefined
          ? `failed to get external metric ${name}: ${error}`
          : error;
    const fullError = `failed to get ${name} external metric value: ${inner}`;
    const reason = 'FailedGetExternalMetric';
    return { ok: false, reason, error, fullError, trace: () => ({ ...trace(), error, cause }) };
  }
  const { replicas, current, trace: details } = proposal.value;
  const status = { type: 'External', external: { metric: source.metric, current } } as const;
  return { ok: true, replicas, metric, status, trace: () => ({ ...trace(), ...details() }) };
}

function propose(context: MetricContext, input: MetricInput): Outcome<TotalProposal> {
  const { target, metric } = input.spec.external ?? {};
  if (target?.averageValue !== undefined && metric !== undefined) {
    return proposeAverage(context, input, { metric, target: target.averageValue });
  }
  if (target?.value !== undefined && metric !== undefined) {
    return proposeValue(context, input, { metric, target: target.value });
  }
  return fail(
    'invalid external metric source: neither a value target nor an average value target was set',
  );
}

interface ExternalTarget {
  readonly metric: MetricIdentifier;
  /** Quantity. */
  readonly target: string;
}

function proposeAverage(
  context: MetricContext,
  input: MetricInput,
  { metric, target }: ExternalTarget,
): Outcome<TotalProposal> {
  const series = readSeries(context, input, metric);
  if (!series.ok) return series;
  const { statusReplicas, tolerances } = context;
  const targetMilli = milliValue(target, 'target.averageValue');
  const totalMilli = externalAverageTotal(series.value.valuesMilli);
  const average = externalAverageReplicas({ totalMilli, targetMilli, statusReplicas, tolerances });
  return succeed(averageTotal(average, { tolerances, atMs: series.value.atMs }));
}

function proposeValue(
  context: MetricContext,
  input: MetricInput,
  { metric, target }: ExternalTarget,
): Outcome<TotalProposal> {
  const series = readSeries(context, input, metric);
  if (!series.ok) return series;
  const totalMilli = externalValueTotal(series.value.valuesMilli);
  const usageRatio = Number(totalMilli) / Number(milliValue(target, 'target.value'));
  const replicas = valueReplicas({ ...context, usageRatio });
  if (!replicas.ok) return replicas;
  const value = { ...replicas.value, usageRatio, totalMilli };
  const { tolerances } = context;
  return succeed(valueTotal(value, { tolerances, atMs: series.value.atMs }));
}

/** @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go GetExternalMetric */
function readSeries(
  { namespace }: MetricContext,
  input: MetricInput,
  { name, selector }: MetricIdentifier,
): Outcome<Series> {
  const problem = labelSelectorProblem(selector);
  if (problem !== undefined) return fail(problem);
  const reading = readingOfKind(input, 'external');
  const prefix = `unable to get external metric ${namespace}/${name}/${labelSelectorText(selector)}`;
  if (reading.kind === 'failed') {
    const caller = `${prefix}: unable to fetch metrics from external metrics API`;
    return prefixed(caller, fail(reading.error));
  }
  if (reading.series.length === 0) {
    return prefixed(prefix, fail('no metrics returned from external metrics API'));
  }
  const field = `metrics[${input.index}].series`;
  const valuesMilli = reading.series.map((value) => milliValue(value, field));
  return succeed({ valuesMilli, atMs: readTime(reading.atMs) });
}

function targetTrace({ value, averageValue }: MetricTarget): Pick<MetricTrace, 'target'> {
  if (averageValue !== undefined) return { target: averageAmount(averageValue) };
  return value === undefined ? {} : { target: valueAmount(value) };
}
