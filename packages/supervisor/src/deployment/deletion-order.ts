import { podCondition, type PodStatus } from '@bellows/kubelet';

/** What decides which pod of a ReplicaSet goes first. */
export interface DeletionCandidate {
  readonly uid: string;
  /** Whether it has a machine. */
  readonly scheduled: boolean;
  readonly phase: 'Pending' | 'Unknown' | 'Running';
  readonly ready: boolean;
  /** `controller.kubernetes.io/pod-deletion-cost`; 0 when absent or malformed. */
  readonly deletionCost: number;
  /** Active pods of the owner on the same machine. */
  readonly rank: number;
  /** When it became ready, whole seconds in milliseconds since the epoch; undefined: unknown. */
  readonly readySinceMs: number | undefined;
  /** The highest restart count of its containers. */
  readonly maxRestarts: number;
  /** Whole seconds in milliseconds since the epoch; undefined: unknown. */
  readonly createdAtMs: number | undefined;
}

const PHASE_ORDER = { Pending: 0, Unknown: 1, Running: 2 } as const;
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MAX_INT32 = 2 ** 31 - 1;
const MIN_INT32 = -(2 ** 31);

/**
 * Orders pods by how gladly the ReplicaSet controller deletes them: negative when `a` goes before `b`.
 *
 * Times are compared by the whole power of two of their age in nanoseconds, so that pods of about the
 * same age are chosen at random (by uid) and not always the newest.
 *
 * @returns 0 where the controller has no preference.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/controller_utils.go ActivePodsWithRanks.Less
 */
export function compareForDeletion(
  a: DeletionCandidate,
  b: DeletionCandidate,
  nowMs: number,
): number {
  if (a.scheduled !== b.scheduled) return a.scheduled ? 1 : -1;
  if (a.phase !== b.phase) return PHASE_ORDER[a.phase] - PHASE_ORDER[b.phase];
  if (a.ready !== b.ready) return a.ready ? 1 : -1;
  if (a.deletionCost !== b.deletionCost) return a.deletionCost - b.deletionCost;
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.ready && a.readySinceMs !== b.readySinceMs) {
    return compareAges([a, a.readySinceMs], [b, b.readySinceMs], nowMs);
  }
  if (a.maxRestarts !== b.maxRestarts) return b.maxRestarts - a.maxRestarts;
  if (a.createdAtMs !== b.createdAtMs) {
    return compareAges([a, a.createdAtMs], [b, b.createdAtMs], nowMs);
  }
  return 0;
}

type Aged = readonly [candidate: DeletionCandidate, sinceMs: number | undefined];

/** The younger one first; an unknown time counts as the youngest. */
function compareAges([a, aSinceMs]: Aged, [b, bSinceMs]: Aged, nowMs: number): number {
  if (aSinceMs === undefined) return -1;
  if (bSinceMs === undefined) return 1;
  const difference = ageRank(nowMs - aSinceMs) - ageRank(nowMs - bSinceMs);
  if (difference !== 0) return difference;
  return a.uid < b.uid ? -1 : 1;
}

function ageRank(ageMs: number): number {
  return ageMs > 0 ? Math.trunc(Math.log2(ageMs * 1e6)) : -1;
}

/** Reads a pod's place in {@link compareForDeletion}. The API keeps whole seconds, so times are cut to them. */
export function deletionCandidate(pod: PodStatus, rank: number): DeletionCandidate {
  const ready = podCondition(pod, 'Ready');
  const isReady = ready?.status === 'True';
  return {
    uid: pod.metadata.uid,
    scheduled: podCondition(pod, 'PodScheduled')?.status === 'True',
    phase: pod.phase === 'Pending' ? 'Pending' : 'Running',
    ready: isReady,
    deletionCost: deletionCost(pod.metadata.annotations[DELETION_COST]),
    rank,
    readySinceMs: isReady ? wholeSeconds(ready.lastTransitionTimeMs) : undefined,
    maxRestarts: Math.max(0, ...pod.containerStatuses.map(({ restartCount }) => restartCount)),
    createdAtMs: wholeSeconds(pod.metadata.creationTimestampMs ?? pod.startTimeMs),
  };
}

/**
 * A malformed cost counts as 0.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/v1/helper/helpers.go GetDeletionCostFromPodAnnotations
 */
function deletionCost(text: string | undefined): number {
  if (text === undefined || !/^(0|-\d+|[1-9]\d*)$/.test(text)) return 0;
  const cost = Number(text);
  return cost >= MIN_INT32 && cost <= MAX_INT32 ? cost : 0;
}

function wholeSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000) * 1000;
}
