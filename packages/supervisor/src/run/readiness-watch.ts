import type { ObjectEvent } from '@bellows/core';
import { isPodReady, type PodStatus } from '@bellows/kubelet';

/** How long a pod may take to get ready before it is spoken of, in milliseconds. */
const PATIENCE_MS = 30_000;

/** Tells of pods that do not get ready. */
export interface ReadinessWatch {
  /** Warnings about pods that have not been ready for 30 s since their start, once for each pod. */
  check(pods: readonly PodStatus[], nowMs: number): { pod: PodStatus; event: ObjectEvent }[];
}

/** Creates a watch over pods that do not get ready. */
export function createReadinessWatch(): ReadinessWatch {
  /** Pods that need no look any more: ready once, or spoken of. */
  const settled = new Set<string>();
  return {
    check(pods, nowMs) {
      const late = pods.filter((pod) => {
        if (isPodReady(pod)) settled.add(pod.metadata.uid);
        return (
          !settled.has(pod.metadata.uid) &&
          pod.deletionTimestampMs === undefined &&
          nowMs - pod.startTimeMs >= PATIENCE_MS
        );
      });
      for (const pod of late) settled.add(pod.metadata.uid);
      const uids = new Set(pods.map(({ metadata }) => metadata.uid));
      for (const uid of settled) if (!uids.has(uid)) settled.delete(uid);
      return late.map((pod) => ({ pod, event: neverReady(pod, nowMs) }));
    },
  };
}

function neverReady(pod: PodStatus, nowMs: number): ObjectEvent {
  const seconds = Math.round((nowMs - pod.startTimeMs) / 1000);
  const why = pod.message === undefined ? '' : `: ${pod.message}`;
  return {
    type: 'Warning',
    reason: 'NotReady',
    message: `not ready ${seconds} s after its start, so it gets no traffic${why}`,
  };
}
