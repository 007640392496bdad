import { isPodReady, type PodStatus } from '@bellows/kubelet';

/** A pod's life, for the report. Times are in milliseconds since the epoch; undefined: it did not come to that. */
export interface PodEntry {
  /** `metadata.name`, such as `shop-7d9c5b4f6d-x2x4z`. */
  readonly name: string;
  /** When the kubelet accepted it. */
  readonly createdAtMs: number;
  /** First time it was ready. */
  readonly readyAtMs?: number;
  /** When its end was asked for. */
  readonly deletedAtMs?: number;
  /** Restarts of all its containers. */
  readonly restarts: number;
  /** Why it is not ready, as it was last said. */
  readonly message?: string;
}

/** Keeps what was seen of every pod of a run. */
export interface PodLedger {
  /** Takes a pod's newest status, seen at `nowMs` (milliseconds since the epoch). */
  note(pod: PodStatus, nowMs: number): void;
  /** In the order in which they were first seen; at most {@link MAX_PODS}: of those that are gone, the oldest are left out. */
  entries(): readonly PodEntry[];
  /** How many were left out. */
  leftOut(): number;
}

/** Pods that are kept. */
export const MAX_PODS = 1000;

/** Creates an empty ledger. */
export function createPodLedger(): PodLedger {
  const byUid = new Map<string, PodEntry>();
  let leftOut = 0;
  const leaveOutOldest = (): void => {
    const uids = [...byUid.keys()];
    const oldest = uids.find((uid) => byUid.get(uid)?.deletedAtMs !== undefined) ?? uids[0];
    if (oldest === undefined) return;
    byUid.delete(oldest);
    leftOut += 1;
  };
  return {
    note(pod, nowMs) {
      const { uid, name } = pod.metadata;
      const known = byUid.get(uid);
      if (known === undefined && byUid.size >= MAX_PODS) leaveOutOldest();
      const readyAtMs = known?.readyAtMs ?? (isPodReady(pod) ? nowMs : undefined);
      byUid.set(uid, {
        name,
        createdAtMs: pod.startTimeMs,
        ...(readyAtMs !== undefined && { readyAtMs }),
        ...(pod.deletionTimestampMs !== undefined && { deletedAtMs: pod.deletionTimestampMs }),
        restarts: pod.containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
        ...(pod.message !== undefined && { message: pod.message }),
      });
    },
    entries: () => [...byUid.values()],
    leftOut: () => leftOut,
  };
}
