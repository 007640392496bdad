import type { PodStatus } from '@bellows/kubelet';
import { isActive } from './replica-set-step.ts';

/** Whether a pod's condition Ready is True; it may be terminating all the same. */
export function isReady(pod: PodStatus): boolean {
  return pod.conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** Number of pods that are ready and stay: a ReplicaSet's `status.readyReplicas`. */
export function readyReplicas(pods: readonly PodStatus[]): number {
  return pods.filter((pod) => isActive(pod) && isReady(pod)).length;
}
