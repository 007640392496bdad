import type { PodStatus } from '@bellows/kubelet';
import { isReady } from './pod-state.ts';

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
  /** Every pod in the order in which it was first seen; at most the first 1000. */
  entries(): readonly PodEntry[];
}

const MAX_PODS = 1000;

/** Creates an empty ledger. */
export function createPodLedger(): PodLedger {
  const byUid = new Map<string, PodEntry>();
  return {
    note(pod, nowMs) {
      const { uid, name } = pod.metadata;
      const known = byUid.get(uid);
      if (known === undefined && byUid.size >= MAX_PODS) return;
      const readyAtMs = known?.readyAtMs ?? (isReady(pod) ? nowMs : undefined);
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
  };
}
