import type { DecisionInput, DecisionRecord, DecisionStep } from '@bellows/core';
import type { Autoscaler } from './autoscaler.ts';
import type { Decision } from './decision.ts';
import type { DecisionTrace, LimitTrace, MetricTrace } from './decision-trace.ts';
import type { HpaObservation } from './observation.ts';
import { PROFILE_1_37 } from './profile.ts';
import { describeDecision, isLifted } from './words/describe-decision.ts';
import { limitWords, stabilizationWords } from './words/limit-words.ts';
import { metricWords } from './words/metric-words.ts';

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
}

/** Writes a decision down as one line of a run's record, with its reason in words. */
export function toDecisionRecord(input: DecisionRecordInput): DecisionRecord {
  const { autoscaler, observation, decision, nowMs, source } = input;
  const { namespace, name, spec, profile = PROFILE_1_37 } = autoscaler;
  const { trace } = decision;
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
    binding: steps.findLast((step) => step.in !== step.out)?.name ?? null,
    verdict: verdictOf(decision),
    text: describeDecision(decision, nowMs),
    conditions: decision.conditions,
    events: decision.events,
    ...(decision.error !== null && { error: decision.error }),
  };
}

function readyCount({ pods }: HpaObservation): number {
  return pods.filter(
    ({ phase, ready, deletedAtMs }) =>
      phase === 'Running' && ready === 'True' && deletedAtMs === undefined,
  ).length;
}

function verdictOf({ trace }: Decision): DecisionRecord['verdict'] {
  const { currentReplicas, desiredReplicas, writeError } = trace;
  if (currentReplicas === null || desiredReplicas === null || writeError !== undefined) {
    return 'blocked';
  }
  if (desiredReplicas === currentReplicas) return 'hold';
  return desiredReplicas > currentReplicas ? 'up' : 'down';
}

function inputOf(metric: MetricTrace, nowMs: number): DecisionInput {
  const { usageRatio, proposal, oldestSampleAtMs, error = 'no value' } = metric;
  return {
    metric: metric.metric,
    type: metric.type,
    current: metric.current?.text ?? { missing: error },
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
    return [rangeStep(trace, currentReplicas, desiredReplicas)];
  }
  if (stabilization === undefined || limit === undefined) return [];
  const best = trace.selected === null ? undefined : trace.metrics[trace.selected];
  return [
    {
      name: 'proposal',
      in: currentReplicas,
      out: stabilization.in,
      because: best === undefined ? 'no metric asks for more' : metricWords(best),
    },
    {
      name: 'stabilization',
      in: stabilization.in,
      out: stabilization.out,
      because: stabilizationWords(stabilization, nowMs) ?? 'no earlier recommendation holds it',
    },
    ...limitSteps(limit, trace),
    ...(isLifted(trace) ? [rangeStep(trace, limit.out, desiredReplicas)] : []),
  ];
}

/** Why a step changed nothing. */
const NOT_BINDING = 'did not bind';

/** Upstream limits in one step; whether a policy or the range cut is told apart by its reason. */
function limitSteps(limit: LimitTrace, trace: DecisionTrace): readonly DecisionStep[] {
  const isPolicy = limit.reason === 'ScaleUpLimit' || limit.reason === 'ScaleDownLimit';
  const because = limitWords(limit, trace);
  const afterPolicy = isPolicy ? limit.out : limit.in;
  return [
    {
      name: 'policy',
      in: limit.in,
      out: afterPolicy,
      because: (isPolicy ? because : undefined) ?? NOT_BINDING,
    },
    {
      name: 'limits',
      in: afterPolicy,
      out: limit.out,
      because: (isPolicy ? undefined : because) ?? NOT_BINDING,
    },
  ];
}

function rangeStep(trace: DecisionTrace, before: number, after: number): DecisionStep {
  const because =
    after < before ? `maxReplicas is ${trace.maxReplicas}` : `minReplicas is ${trace.minReplicas}`;
  return { name: 'range', in: before, out: after, because };
}
