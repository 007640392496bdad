import { isPodReady, type PodStatus } from '@bellows/kubelet';
import { isActive } from './replica-set-step.ts';

/** Number of pods that are ready and stay: a ReplicaSet's `status.readyReplicas`. */
export function readyReplicas(pods: readonly PodStatus[]): number {
  return pods.filter((pod) => isActive(pod) && isPodReady(pod)).length;
}
