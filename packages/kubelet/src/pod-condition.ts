import type { Condition } from '@bellows/core';
import type { PodStatus } from './pod.ts';

/**
 * The condition of a pod of this type, such as `Ready`; undefined when the status has none.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/api/v1/pod/util.go (GetPodCondition)
 */
export function podCondition(status: PodStatus, type: string): Condition | undefined {
  return status.conditions.find((condition) => condition.type === type);
}

/**
 * Whether the pod's condition `Ready` is True; it may be terminating all the same.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/api/v1/pod/util.go (IsPodReady)
 */
export function isPodReady(status: PodStatus): boolean {
  return podCondition(status, 'Ready')?.status === 'True';
}
