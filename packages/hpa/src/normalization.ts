import type { LimitTrace, StabilizationTrace } from './decision-trace.ts';
import type { ConditionChange } from './conditions.ts';
import {
  READY_FOR_NEW_SCALE,
  SCALE_DOWN_STABILIZED,
  SCALE_UP_STABILIZED,
  scalingLimited,
} from './condition-messages.ts';
import type { HpaMemory } from './hpa-state.ts';
import type { HpaSpec } from './hpa-spec.ts';
import { limitWithBehavior, limitWithoutBehavior, type ReplicaRange } from './replica-limits.ts';
import { policyLimit } from './scaling-policies.ts';
import { stabilizeWithBehavior } from './stabilization-behavior.ts';
import { stabilizeWithoutBehavior, type Stabilized } from './stabilization-legacy.ts';
import type { Profile } from './profile.ts';

/** What the metrics asked for, and what limits it. */
export interface NormalizationInput {
  /** 0 or more. */
  readonly desiredReplicas: number;
  readonly currentReplicas: number;
  readonly range: ReplicaRange;
  readonly behavior: HpaSpec['behavior'];
  readonly memory: HpaMemory;
  readonly profile: Profile;
  readonly nowMs: number;
}

/** The count after stabilization and limits. */
export interface Normalized {
  readonly replicas: number;
  readonly memory: HpaMemory;
  /** Changes of AbleToScale and ScalingLimited, in order. */
  readonly conditions: readonly ConditionChange[];
  readonly stabilization: StabilizationTrace;
  readonly limit: LimitTrace;
}

/**
 * Stabilizes what the metrics asked for, then limits it. With `spec.behavior`, even an empty one, this goes
 * another way than without.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go normalizeDesiredReplicas,
 * normalizeDesiredReplicasWithBehaviors
 */
export function normalizeReplicas(input: NormalizationInput): Normalized {
  const { trace: stabilization, recommendations } = stabilize(input);
  const limit = limitReplicas(input, stabilization.out);
  const { scaleUpEvents, scaleDownEvents } = input.memory;
  return {
    replicas: limit.out,
    memory: { recommendations, scaleUpEvents, scaleDownEvents },
    conditions: [stabilizationCondition(stabilization), scalingLimited(limit)],
    stabilization,
    limit,
  };
}

function stabilize(input: NormalizationInput): Stabilized {
  const { behavior, memory, desiredReplicas, currentReplicas, nowMs } = input;
  const flagSeconds = input.profile.downscaleStabilizationSeconds;
  const recommendations = memory.recommendations ?? [];
  const desired = { atMs: nowMs, replicas: desiredReplicas };
  if (behavior === undefined) {
    return stabilizeWithoutBehavior(recommendations, desired, flagSeconds);
  }
  return stabilizeWithBehavior(recommendations, desired, currentReplicas, {
    upSeconds: behavior.scaleUp?.stabilizationWindowSeconds ?? 0,
    downSeconds: behavior.scaleDown?.stabilizationWindowSeconds ?? Math.trunc(flagSeconds),
  });
}

function limitReplicas(input: NormalizationInput, replicas: number): LimitTrace {
  const { behavior, currentReplicas, range, memory, nowMs } = input;
  if (behavior === undefined) return limitWithoutBehavior(replicas, currentReplicas, range);
  return limitWithBehavior(replicas, currentReplicas, range, (direction) => {
    const rules = (direction === 'up' ? behavior.scaleUp : behavior.scaleDown) ?? {};
    return policyLimit({ direction, rules, currentReplicas, memory, nowMs });
  });
}

function stabilizationCondition({ direction }: StabilizationTrace): ConditionChange {
  if (direction === 'none') return READY_FOR_NEW_SCALE;
  return direction === 'up' ? SCALE_UP_STABILIZED : SCALE_DOWN_STABILIZED;
}
