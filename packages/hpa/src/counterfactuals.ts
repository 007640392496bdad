import type { Counterfactual } from '@bellows/core';
import type { Autoscaler } from './autoscaler.ts';
import { decide } from './decide.ts';
import type { HpaState } from './hpa-state.ts';
import { MAX_INT32 } from './int32.ts';
import type { HpaObservation } from './observation.ts';

/** What a decision was made from. */
export interface DecisionBasis {
  /** Name, defaulted spec and profile of the HPA. */
  readonly autoscaler: Autoscaler;
  /** What was seen of scale, pods and metrics. */
  readonly observation: HpaObservation;
  /** Before the decision. */
  readonly state: HpaState;
  /** Time of the decision, in milliseconds since the epoch. */
  readonly nowMs: number;
}

/**
 * Decides again without stabilization, without policies, without an upper bound, and without each metric where
 * there are several: what single things change.
 *
 * @throws BellowsError as `decide`.
 */
export function counterfactuals(basis: DecisionBasis): readonly Counterfactual[] {
  return [
    { without: 'stabilization', replicas: desiredOf(withoutStabilization(basis)) },
    { without: 'policies', replicas: withoutPolicies(basis) },
    { without: 'maxReplicas', replicas: desiredOf(withoutMaximum(basis)) },
    ...withoutEachMetric(basis),
  ];
}

function desiredOf({ autoscaler, observation, state, nowMs }: DecisionBasis): number | null {
  return decide(autoscaler, observation, state, nowMs).trace().desiredReplicas;
}

/** A window over no recommendations holds nothing. */
function withoutStabilization(basis: DecisionBasis): DecisionBasis {
  const { status, memory } = basis.state;
  return { ...basis, state: { status, memory: { ...memory, recommendations: [] } } };
}

/** Without policies only the range limits what stabilization left, in both algorithms. */
function withoutPolicies({ autoscaler, observation, state, nowMs }: DecisionBasis): number | null {
  const { stabilization, minReplicas, maxReplicas, desiredReplicas } = decide(
    autoscaler,
    observation,
    state,
    nowMs,
  ).trace();
  return stabilization === undefined
    ? desiredReplicas
    : Math.min(Math.max(stabilization.out, minReplicas), maxReplicas);
}

function withoutMaximum(basis: DecisionBasis): DecisionBasis {
  const { autoscaler } = basis;
  const spec = { ...autoscaler.spec, maxReplicas: MAX_INT32 };
  return { ...basis, autoscaler: { ...autoscaler, spec } };
}

function withoutEachMetric(basis: DecisionBasis): Counterfactual[] {
  const { autoscaler, observation } = basis;
  const { metrics = [] } = autoscaler.spec;
  if (metrics.length < 2) return [];
  const names = decide(autoscaler, observation, basis.state, basis.nowMs).trace().metrics;
  return metrics.map((_, index) => {
    const spec = { ...autoscaler.spec, metrics: metrics.toSpliced(index, 1) };
    const replicas = desiredOf({
      ...basis,
      autoscaler: { ...autoscaler, spec },
      observation: { ...observation, metrics: observation.metrics.toSpliced(index, 1) },
    });
    return { without: `metric ${names[index]?.shortName ?? index}`, replicas };
  });
}
