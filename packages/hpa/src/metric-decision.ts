import { combineMetrics, type CombinedMetrics } from './combine-metrics.ts';
import { failedMetric, invalidSelector, validMetricFound } from './condition-messages.ts';
import type { Decision, Proposal } from './decision.ts';
import type { MetricStatus } from './hpa-status.ts';
import { normalizeReplicas, type Normalized } from './normalization.ts';
import type { HpaObservation, ScaleValue } from './observation.ts';
import { hold, rescale, stop, type PartialTrace } from './outcomes.ts';
import type { Reconcile } from './reconcile.ts';
import { checkSelector } from './selector-check.ts';
import { tolerancesOf } from './tolerance.ts';

/** What a decision from metrics starts from. */
export interface MetricDecisionInput {
  readonly scale: ScaleValue;
  readonly observation: HpaObservation;
  readonly minReplicas: number;
  /** The HPA itself took the last replica away. */
  readonly isScaledToZero: boolean;
}

/**
 * Decides from the metrics: selector, metrics, stabilization, limits.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler
 */
export function decideFromMetrics(reconcile: Reconcile, input: MetricDecisionInput): Decision {
  const { scale, observation } = input;
  const currentReplicas = scale.specReplicas;
  const problem = checkSelector(reconcile.autoscaler, scale.selector, observation);
  if (problem !== undefined) {
    reconcile.warn(problem.eventReason, problem.error);
    reconcile.set(invalidSelector(problem.conditionReason, problem.conditionMessage));
    return unusable(reconcile, {
      error: problem.error,
      currentReplicas,
      currentMetrics: null,
      trace: () => ({ path: 'selectorInvalid', currentReplicas }),
    });
  }
  const metrics = combine(reconcile, input);
  for (const { reason, error } of metrics.failures) reconcile.warn(reason, error);
  if (metrics.proposal === null) {
    const [first] = metrics.failures;
    if (first !== undefined) reconcile.set(failedMetric(first.reason, first.error));
    const { statuses, traces, selected } = metrics;
    return unusable(reconcile, {
      error: metrics.error ?? '',
      currentReplicas,
      currentMetrics: statuses,
      trace: () => ({ path: 'metricsUnusable', currentReplicas, metrics: traces(), selected }),
    });
  }
  reconcile.set(validMetricFound(metrics.proposal.metric));
  return decideFromProposal(reconcile, input, metrics, metrics.proposal);
}

function combine(
  reconcile: Reconcile,
  { scale, observation }: MetricDecisionInput,
): CombinedMetrics {
  const { autoscaler, profile, nowMs } = reconcile;
  const context = {
    namespace: autoscaler.namespace,
    currentReplicas: scale.specReplicas,
    statusReplicas: scale.statusReplicas,
    pods: observation.pods,
    tolerances: tolerancesOf(autoscaler.spec, profile),
    profile,
    nowMs,
  };
  return combineMetrics(context, autoscaler.spec.metrics ?? [], observation.metrics);
}

function unusable(
  reconcile: Reconcile,
  outcome: {
    readonly error: string;
    readonly currentReplicas: number;
    readonly currentMetrics: readonly MetricStatus[] | null;
    readonly trace: () => PartialTrace;
  },
): Decision {
  const { error, currentReplicas, currentMetrics, trace } = outcome;
  reconcile.warn('FailedComputeMetricsReplicas', error);
  const prefix = 'failed to compute desired number of replicas based on listed metrics for';
  return stop(reconcile, {
    state: reconcile.state({ currentReplicas, currentMetrics }),
    error: `${prefix} ${reconcile.target}: ${error}`,
    trace,
  });
}

function decideFromProposal(
  reconcile: Reconcile,
  input: MetricDecisionInput,
  metrics: CombinedMetrics,
  proposal: Proposal,
): Decision {
  const { minReplicas } = input;
  const currentReplicas = input.scale.specReplicas;
  const desiredReplicas = Math.max(0, proposal.replicas);
  const normalized = normalize(reconcile, input, desiredReplicas);

  // A minimum of 0 lifts nothing, not even what a maximum below 0 has made of the count.
  const isLifted =
    currentReplicas === 0 &&
    minReplicas !== 0 &&
    input.isScaledToZero &&
    normalized.replicas < minReplicas;
  const replicas = isLifted ? minReplicas : normalized.replicas;
  // Upstream settles the reason before stabilization, so it can be empty although the count changes.
  const reason = reasonFor(desiredReplicas, currentReplicas, proposal);
  const { error, statuses: currentMetrics } = metrics;
  const trace = (): PartialTrace => traceOf(currentReplicas, metrics, normalized);
  if (replicas === currentReplicas) {
    return hold(reconcile, { replicas, proposal, error, currentMetrics, trace });
  }
  const plan = {
    from: currentReplicas,
    to: replicas,
    minReplicas,
    reason:
      isLifted && reason === '' ? 'Current number of replicas below Spec.MinReplicas' : reason,
    currentMetrics,
  };
  return rescale(reconcile, plan, { proposal, error, trace });
}

function normalize(
  reconcile: Reconcile,
  { scale, minReplicas }: MetricDecisionInput,
  desiredReplicas: number,
): Normalized {
  const { autoscaler, memory, profile, nowMs } = reconcile;
  const normalized = normalizeReplicas({
    desiredReplicas,
    currentReplicas: scale.specReplicas,
    range: { minReplicas, maxReplicas: autoscaler.spec.maxReplicas },
    behavior: autoscaler.spec.behavior,
    memory,
    profile,
    nowMs,
  });
  reconcile.memory = normalized.memory;
  for (const condition of normalized.conditions) reconcile.set(condition);
  return normalized;
}

function traceOf(
  currentReplicas: number,
  { traces, selected }: CombinedMetrics,
  { stabilization, limit }: Normalized,
): PartialTrace {
  return {
    path: 'metrics',
    currentReplicas,
    metrics: traces(),
    selected,
    stabilization,
    limit,
  };
}

function reasonFor(desiredReplicas: number, currentReplicas: number, proposal: Proposal): string {
  if (desiredReplicas > currentReplicas) return `${proposal.metric} above target`;
  return desiredReplicas < currentReplicas ? 'All metrics below target' : '';
}
