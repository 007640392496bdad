import { missing, type Missing, type Observed } from '@bellows/core';
import { CpuWindow } from './cpu-window.ts';

/** What a container has used until a time: a kubelet's sample. */
export interface ContainerSample {
  /** The container's name in the pod spec. */
  readonly container: string;
  /** When the container started, in milliseconds since the epoch; its CPU time was zero then. */
  readonly startedAtMs?: number;
  /** Cumulative CPU time, in seconds. */
  readonly cpuSecondsTotal: Observed<number>;
  /** Working set of all its processes at the time of the sample, in bytes. */
  readonly memoryWorkingSetBytes: Observed<number>;
}

/** `metrics.k8s.io PodMetrics`: what a pod uses. */
export interface PodResourceUsage {
  /** End of the time the CPU figures cover, in milliseconds since the epoch. */
  readonly atMs: number;
  /** Length of that time, in seconds. */
  readonly windowSeconds: number;
  /** Every container of the last sample, which holds those that run. */
  readonly containers: readonly ContainerResourceUsage[];
}

/** `metrics.k8s.io ContainerMetrics`: what a container uses. */
export interface ContainerResourceUsage {
  /** The container's name in the pod spec. */
  readonly name: string;
  /** CPU cores, a quantity in nanocores such as `250000000n`. */
  readonly cpu: string;
  /** Working set, a quantity in bytes such as `45600Ki`. */
  readonly memory: string;
}

/** Turns the kubelet's cumulative samples into use over a window, as metrics-server does. */
export interface ResourceMetrics {
  /** Takes a sample of all containers of a pod that run; others are counted no more. */
  record(podUid: string, samples: readonly ContainerSample[]): void;
  /**
   * A pod's use; missing until every sampled container has a window, while one of them cannot be read,
   * and when the figures are more than a minute old.
   */
  podUsage(podUid: string, nowMs: number): PodResourceUsage | Missing;
  /** Forgets all pods but these. */
  retain(podUids: readonly string[]): void;
}

interface ContainerState {
  readonly window: CpuWindow;
  memoryWorkingSetBytes: Observed<number>;
}

/** Four of metrics-server's rounds: what a pod used then says nothing about now, in milliseconds. */
const STALE_AFTER_MS = 60_000;

type PodState = Map<string, ContainerState>;

/**
 * Creates a store of pods' CPU and memory.
 *
 * A container that is sampled and has no figures makes the whole pod missing: a sum without it would be
 * too low. One that does not run uses nothing and is not sampled: the others are the pod's use.
 *
 * @see kubernetes-sigs/metrics-server v0.8.0 pkg/storage/pod.go podStorage.GetMetrics,
 *   pkg/scraper/client/resource/decode.go checkContainerMetrics
 */
export function createResourceMetrics(): ResourceMetrics {
  const pods = new Map<string, PodState>();
  return {
    record(podUid, samples) {
      pods.set(podUid, nextPodState(pods.get(podUid), samples));
    },
    podUsage: (podUid, nowMs) => podUsage(pods.get(podUid), nowMs),
    retain(podUids) {
      const kept = new Set(podUids);
      for (const uid of pods.keys()) if (!kept.has(uid)) pods.delete(uid);
    },
  };
}

function nextPodState(before: PodState | undefined, samples: readonly ContainerSample[]): PodState {
  const after: PodState = new Map();
  for (const { container, startedAtMs, cpuSecondsTotal, memoryWorkingSetBytes } of samples) {
    const window = before?.get(container)?.window ?? new CpuWindow();
    window.add(cpuSecondsTotal, startedAtMs);
    after.set(container, { window, memoryWorkingSetBytes });
  }
  return after;
}

function podUsage(pod: PodState | undefined, nowMs: number): PodResourceUsage | Missing {
  if (pod === undefined || pod.size === 0) return missing('no container has been sampled yet');
  const containers: ContainerResourceUsage[] = [];
  let atMs = Infinity;
  let windowMs = 0;
  for (const [name, { window, memoryWorkingSetBytes: memory }] of pod) {
    const cpu = window.usage();
    if (cpu.kind === 'missing') return missing(`container ${name}: ${cpu.reason}`);
    if (memory.kind === 'missing') return missing(`container ${name}: ${memory.reason}`);
    containers.push({
      name,
      cpu: `${Math.trunc(cpu.value.cores * 1e9)}n`,
      memory: memoryQuantity(memory.value),
    });
    if (cpu.atMs < atMs)
      ({
        atMs,
        value: { windowMs },
      } = cpu);
  }
  if (nowMs - atMs > STALE_AFTER_MS) {
    return missing(`last sampled ${Math.round((nowMs - atMs) / 1000)} s ago`);
  }
  return { atMs, windowSeconds: windowMs / 1000, containers };
}

function memoryQuantity(bytes: number): string {
  const wholeBytes = Math.trunc(bytes);
  return wholeBytes > 0 && wholeBytes % 1024 === 0 ? `${wholeBytes / 1024}Ki` : String(wholeBytes);
}
