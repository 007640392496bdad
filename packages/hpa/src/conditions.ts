import type { Condition } from '@bellows/core';
import { wholeSeconds } from './whole-seconds.ts';

/** Types of the HPA's conditions. */
export type ConditionType = 'AbleToScale' | 'ScalingActive' | 'ScalingLimited' | 'ScaledToZero';

/** A condition as it should be from now on. */
export interface ConditionChange {
  readonly type: ConditionType;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/**
 * Returns `conditions` with the one of that type changed, or appended. Its time moves only with its status.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go setConditionInList
 */
export function setCondition(
  conditions: readonly Condition[],
  change: ConditionChange,
  nowMs: number,
): readonly Condition[] {
  const { type, status, reason, message } = change;
  const index = conditions.findIndex((condition) => condition.type === type);
  const existing = conditions[index];
  const lastTransitionTimeMs =
    existing?.status === status ? existing.lastTransitionTimeMs : wholeSeconds(nowMs);
  const changed = conditions.slice();
  changed[existing === undefined ? conditions.length : index] = {
    type,
    status,
    reason,
    message,
    lastTransitionTimeMs,
  };
  return changed;
}

/** Returns `conditions` without those of that type. */
export function removeCondition(
  conditions: readonly Condition[],
  type: ConditionType,
): readonly Condition[] {
  return conditions.filter((condition) => condition.type !== type);
}

/** Whether the first condition of that type is True. */
export function isConditionTrue(conditions: readonly Condition[], type: ConditionType): boolean {
  return conditions.find((condition) => condition.type === type)?.status === 'True';
}
