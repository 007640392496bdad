import type { PodStatus } from '@bellows/kubelet';
import { compareForDeletion, deletionCandidate } from './deletion-order.ts';

/** What a ReplicaSet has to do to get to its number of pods. */
export interface ReplicaSetStep {
  /** Pods to create. */
  readonly createCount: number;
  /** Pods to delete, first to go first. */
  readonly deleteUids: readonly string[];
}

/**
 * Compares the pods of a ReplicaSet with the number wanted. Pods that end or have ended do not count
 * as replicas, and are not deleted again.
 *
 * @param desiredReplicas - Integer, 0 or more.
 * @param pods - All pods of the ReplicaSet.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/replicaset/replica_set.go manageReplicas, getPodsToDelete
 */
export function replicaSetStep(
  desiredReplicas: number,
  pods: readonly PodStatus[],
  nowMs: number,
): ReplicaSetStep {
  const active = pods.filter(isActive);
  const surplus = active.length - desiredReplicas;
  if (surplus <= 0) return { createCount: desiredReplicas - active.length, deleteUids: [] };
  // One machine: every pod has all the others beside it.
  const rank = active.length;
  const deleteUids = active
    .map((pod) => deletionCandidate(pod, rank))
    .sort((a, b) => compareForDeletion(a, b, nowMs))
    .slice(0, surplus)
    .map(({ uid }) => uid);
  return { createCount: 0, deleteUids };
}

/**
 * Whether a pod counts as a replica.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/controller_utils.go IsPodActive
 */
export function isActive(pod: PodStatus): boolean {
  return (
    pod.phase !== 'Succeeded' && pod.phase !== 'Failed' && pod.deletionTimestampMs === undefined
  );
}
