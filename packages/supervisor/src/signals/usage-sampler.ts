import type { Missing } from '@bellows/core';
import type { ContainerUsage, PodStatus } from '@bellows/kubelet';
import { createResourceMetrics, type PodResourceUsage } from '@bellows/scrape';

/** Samples pods' CPU and memory. */
export interface UsageSampler {
  /** Samples each pod that runs and was not sampled for 5 s; call it every second. */
  sample(pods: readonly PodStatus[], nowMs: number): void;
  /** A pod's use, by uid; missing when it was not sampled for a minute. */
  podUsage(podUid: string, nowMs: number): PodResourceUsage | Missing;
  /** Forgets all pods but these. */
  retain(podUids: ReadonlySet<string>): void;
}

/**
 * Time between two samples of a pod, in milliseconds. CPU is averaged over 15 s, so that more of them
 * would only cost: reading a pod's process tree takes about half a millisecond.
 */
const INTERVAL_MS = 5000;
/** So much earlier is due too: the caller's seconds are not exact. */
const SLACK_MS = 500;

/**
 * Creates a sampler.
 *
 * @param usage - Cumulative usage of a pod's containers, by uid.
 */
export function createUsageSampler(
  usage: (podUid: string) => readonly ContainerUsage[],
): UsageSampler {
  const resources = createResourceMetrics();
  const sampledAtMs = new Map<string, number>();
  const sampleOne = ({ metadata, containerStatuses }: PodStatus): void => {
    const startedAtMs = new Map(
      containerStatuses.flatMap(({ name, state }) =>
        state.kind === 'running' ? [[name, state.startedAtMs] as const] : [],
      ),
    );
    const samples = usage(metadata.uid).map((containerUsage) => {
      const started = startedAtMs.get(containerUsage.container);
      return { ...containerUsage, ...(started !== undefined && { startedAtMs: started }) };
    });
    resources.record(metadata.uid, samples);
  };
  return {
    sample(pods, nowMs) {
      for (const pod of pods) {
        const { uid } = pod.metadata;
        const dueAtMs = (sampledAtMs.get(uid) ?? -Infinity) + INTERVAL_MS - SLACK_MS;
        if (pod.phase !== 'Running' || nowMs < dueAtMs) continue;
        sampledAtMs.set(uid, nowMs);
        sampleOne(pod);
      }
    },
    podUsage: (podUid, nowMs) => resources.podUsage(podUid, nowMs),
    retain(podUids) {
      resources.retain([...podUids]);
      for (const uid of sampledAtMs.keys()) if (!podUids.has(uid)) sampledAtMs.delete(uid);
    },
  };
}
