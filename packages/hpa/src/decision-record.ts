import type { DecisionInput, DecisionRecord, DecisionStep } from '@bellows/core';
import type { Autoscaler } from './autoscaler.ts';
import type { Decision } from './decision.ts';
import type { DecisionTrace, LimitTrace, MetricTrace } from './decision-trace.ts';
import type { HpaState } from './hpa-state.ts';
import type { HpaObservation } from './observation.ts';
import { PROFILE_1_37 } from './profile.ts';
import { basisOf } from './record-basis.ts';
import { describeDecision, isLifted, pathReason } from './words/describe-decision.ts';
import { limitReason, stabilizationReason } from './words/limit-words.ts';
import { metricReason } from './words/metric-words.ts';
import { reasonOf, type Reason } from './words/reason-of.ts';
import type { ReasonCode } from './words/reasons.ts';

/** What {@link toDecisionRecord} writes down. */
export interface DecisionRecordInput {
  /** As it was given to `decide`. */
  readonly autoscaler: Autoscaler;
  /** What the decision was made from. */
  readonly observation: HpaObservation;
  /** From `decide`, or from `failScaleWrite` if the scale could not be written. */
  readonly decision: Decision;
  /** Time of the decision, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** What took the decision, such as `local` for the supervisor. */
  readonly source: DecisionRecord['source'];
  /** State before the decision; with it the record holds all that it takes to decide again. @defaultValue it does not */
  readonly stateBefore?: HpaState;
}

/** Writes a decision down as one line of a run's record, with its reason in words. */
export function toDecisionRecord(input: DecisionRecordInput): DecisionRecord {
  const { autoscaler, observation, decision, nowMs, source } = input;
  const { namespace, name, spec, profile = PROFILE_1_37 } = autoscaler;
  const trace = decision.trace();
  const current = trace.currentReplicas ?? decision.status.currentReplicas;
  const steps = stepsOf(trace, nowMs);
  return {
    v: 1,
    atMs: nowMs,
    source,
    autoscaler: { namespace, name },
    target: { kind: spec.scaleTargetRef.kind, name: spec.scaleTargetRef.name },
    controlVersion: profile.version,
    replicas: {
      current,
      desired: decision.scaleWrite ?? current,
      ready: readyCount(observation),
      min: trace.minReplicas,
      max: trace.maxReplicas,
    },
    inputs: trace.metrics.map((metric) => inputOf(metric, nowMs)),
    selected: decision.proposal?.metric ?? null,
    steps,
    binding: bindingStep(steps)?.name ?? null,
    reason: reasonCodeOf(decision, steps),
    verdict: verdictOf(trace),
    text: describeDecision(decision, nowMs),
    conditions: decision.conditions,
    events: decision.events,
    ...(decision.error !== null && { error: decision.error }),
    ...(input.stateBefore !== undefined && { basis: { ...basisOf(input, input.stateBefore) } }),
  };
}

function readyCount({ pods }: HpaObservation): number {
  return pods.filter(
    ({ phase, ready, deletedAtMs }) =>
      phase === 'Running' && ready === 'True' && deletedAtMs === undefined,
  ).length;
}

function verdictOf(trace: DecisionTrace): DecisionRecord['verdict'] {
  const { currentReplicas, desiredReplicas, writeError } = trace;
  if (currentReplicas === null || desiredReplicas === null || writeError !== undefined) {
    return 'blocked';
  }
  if (desiredReplicas === currentReplicas) return 'hold';
  return desiredReplicas > currentReplicas ? 'up' : 'down';
}

function inputOf(metric: MetricTrace, nowMs: number): DecisionInput {
  const { usageRatio, proposal, oldestSampleAtMs, error = 'no value', cause = error } = metric;
  return {
    name: metric.shortName,
    metric: metric.metric,
    type: metric.type,
    current: metric.current?.text ?? { missing: error, cause },
    target: metric.target?.text ?? '',
    ...(usageRatio !== undefined && Number.isFinite(usageRatio) && { usageRatio }),
    ...(proposal !== undefined && { proposal }),
    ...(oldestSampleAtMs !== undefined && { sampleAgeMs: nowMs - oldestSampleAtMs }),
  };
}

function stepsOf(trace: DecisionTrace, nowMs: number): readonly DecisionStep[] {
  const { currentReplicas, desiredReplicas, stabilization, limit } = trace;
  if (currentReplicas === null || desiredReplicas === null) return [];
  if (trace.path === 'aboveMax' || trace.path === 'belowMin') {
    const reason = reasonOf(trace.path === 'aboveMax' ? 'above-max' : 'below-min', trace);
    return [step('range', [currentReplicas, desiredReplicas], reason)];
  }
  if (stabilization === undefined || limit === undefined) return [];
  const best = trace.selected === null ? undefined : trace.metrics[trace.selected];
  return [
    step(
      'proposal',
      [currentReplicas, stabilization.in],
      best === undefined ? NOT_BINDING : metricReason(best),
    ),
    step(
      'stabilization',
      [stabilization.in, stabilization.out],
      stabilizationReason(stabilization, nowMs) ?? NO_WINDOW_HOLDS,
    ),
    ...limitSteps(limit, trace),
    ...(isLifted(trace)
      ? [step('range', [limit.out, desiredReplicas], reasonOf('min-replicas', trace))]
      : []),
  ];
}

/** Why a step changed nothing. */
const NOT_BINDING = reasonOf('not-binding', {});
const NO_WINDOW_HOLDS = reasonOf('no-window-holds', {});

function step(
  name: string,
  [before, after]: readonly [number, number],
  reason: Reason,
): DecisionStep {
  return { name, in: before, out: after, because: reason.text, code: reason.code };
}

/** Upstream limits in one step; whether a policy or the range cut is told apart by its reason. */
function limitSteps(limit: LimitTrace, trace: DecisionTrace): readonly DecisionStep[] {
  const isPolicy = limit.reason === 'ScaleUpLimit' || limit.reason === 'ScaleDownLimit';
  const reason = limitReason(limit, trace) ?? NOT_BINDING;
  const afterPolicy = isPolicy ? limit.out : limit.in;
  return [
    step('policy', [limit.in, afterPolicy], isPolicy ? reason : NOT_BINDING),
    step('limits', [afterPolicy, limit.out], isPolicy ? NOT_BINDING : reason),
  ];
}

/** The last step that changed the number. */
function bindingStep(steps: readonly DecisionStep[]): DecisionStep | undefined {
  return steps.findLast((taken) => taken.in !== taken.out);
}

/** Code of what decided: the write that failed, the path, the binding step, or the metric that asks for no change. */
function reasonCodeOf(decision: Decision, steps: readonly DecisionStep[]): string {
  if (decision.trace().writeError !== undefined) return 'scale-write-failed' satisfies ReasonCode;
  const deciding = pathReason(decision)?.code ?? (bindingStep(steps) ?? steps[0])?.code;
  return deciding ?? NOT_BINDING.code;
}
