import type { ObservedPod } from '@bellows/hpa';
import { podCondition, type PodStatus } from '@bellows/kubelet';

/** A pod as the HPA sees it. */
export function observedPod(pod: PodStatus): ObservedPod {
  const ready = podCondition(pod, 'Ready');
  return {
    name: pod.metadata.name,
    labels: pod.metadata.labels,
    phase: pod.phase,
    ready: ready?.status ?? null,
    ...(ready !== undefined && { readyTransitionAtMs: ready.lastTransitionTimeMs }),
    startedAtMs: pod.startTimeMs,
    ...(pod.deletionTimestampMs !== undefined && { deletedAtMs: pod.deletionTimestampMs }),
    containers: pod.spec.containers.map(({ name, resources: { requests } }) => ({
      name,
      requests,
    })),
  };
}
