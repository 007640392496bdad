import type { ChosenPolicy, PolicyTrace } from './decision-trace.ts';
import type { HpaMemory, ScaleEventMemory } from './hpa-state.ts';
import type { ScalingPolicy, ScalingRules } from './hpa-spec.ts';
import { addInt32, int32FromFloat, MAX_INT32, MIN_INT32, subtractInt32 } from './int32.ts';

/** What the policies of a direction look at. */
export interface PolicyInput {
  readonly direction: 'up' | 'down';
  readonly rules: ScalingRules;
  readonly currentReplicas: number;
  readonly memory: HpaMemory;
  readonly nowMs: number;
}

/**
 * Replicas that the policies of a direction allow at most (up) or at least (down).
 *
 * `Max`, the default and what any unknown select policy means, allows the largest change, `Min` the
 * smallest, `Disabled` none.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go
 * calculateScaleUpLimitWithScalingRules, calculateScaleDownLimitWithBehaviors
 */
export function policyLimit(input: PolicyInput): PolicyTrace {
  const { direction, rules, currentReplicas } = input;
  const selectPolicy = rules.selectPolicy ?? 'Max';
  if (selectPolicy === 'Disabled') return { direction, selectPolicy, limit: currentReplicas };
  // A change is larger the higher the limit is on the way up, and the lower it is on the way down.
  const prefersHigher = (direction === 'up') === (selectPolicy !== 'Min');
  let limit = prefersHigher ? MIN_INT32 : MAX_INT32;
  let chosen: ChosenPolicy | undefined;
  for (const policy of rules.policies ?? []) {
    const periodStartReplicas = replicasAtPeriodStart(input, policy.periodSeconds);
    const allowed = allowedBy(policy, periodStartReplicas, direction);
    if (prefersHigher ? allowed > limit : allowed < limit) {
      limit = allowed;
      const { type, value, periodSeconds } = policy;
      chosen = { type, value, periodSeconds, periodStartReplicas };
    }
  }
  return { direction, selectPolicy, limit, ...(chosen !== undefined && { chosen }) };
}

/** The count before the changes of the period; changes the other way in the same period count back. */
function replicasAtPeriodStart(input: PolicyInput, periodSeconds: number): number {
  const cutoffMs = input.nowMs - periodSeconds * 1000;
  const added = changeSince(input.memory.scaleUpEvents, cutoffMs);
  const removed = changeSince(input.memory.scaleDownEvents, cutoffMs);
  return addInt32(subtractInt32(input.currentReplicas, added), removed);
}

function changeSince(events: readonly ScaleEventMemory[], cutoffMs: number): number {
  let change = 0;
  for (const { atMs, replicaChange } of events) {
    if (atMs > cutoffMs) change = addInt32(change, replicaChange);
  }
  return change;
}

/** Pods wrap as int32. Percent is float64: up is rounded up, or small counts would never grow; down is cut. */
function allowedBy(policy: ScalingPolicy, start: number, direction: 'up' | 'down'): number {
  const { type, value } = policy;
  if (direction === 'up') {
    return type === 'Pods'
      ? addInt32(start, value)
      : int32FromFloat(Math.ceil(start * (1 + value / 100)));
  }
  return type === 'Pods' ? subtractInt32(start, value) : int32FromFloat(start * (1 - value / 100));
}
