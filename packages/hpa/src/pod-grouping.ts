import type { ObservedPod } from './observation.ts';
import type { PodSample, PodSamples } from './pod-samples.ts';
import type { Profile } from './profile.ts';
import { observedTimeMs } from './observed-time.ts';

/** Pods by what a per-pod metric makes of them. */
export interface PodGroups {
  /** Pods whose samples count. */
  readonly readyCount: number;
  readonly unready: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
  readonly ignored: ReadonlySet<string>;
}

/** What grouping depends on besides pods and samples. */
export interface PodGroupingRules {
  /** Whether samples of pods that start up are left out: only for the resource `cpu`. */
  readonly isCpu: boolean;
  readonly profile: Profile;
  readonly nowMs: number;
}

/**
 * Sorts pods into ready, unready, missing and ignored ones.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go groupPods
 */
export function groupPods(
  pods: readonly ObservedPod[],
  samples: PodSamples,
  rules: PodGroupingRules,
): PodGroups {
  let unready = NO_PODS;
  let missing = NO_PODS;
  let ignored = NO_PODS;
  let readyCount = 0;
  for (const pod of pods) {
    const sample = samples.get(pod.name);
    if (pod.deletedAtMs !== undefined || pod.phase === 'Failed') {
      ignored = add(ignored, pod.name);
    } else if (pod.phase === 'Pending') {
      unready = add(unready, pod.name);
    } else if (sample === undefined) {
      missing = add(missing, pod.name);
    } else if (rules.isCpu && isStartingUp(pod, sample, rules)) {
      unready = add(unready, pod.name);
    } else {
      readyCount += 1;
    }
  }
  return { readyCount, unready, missing, ignored };
}

const NO_PODS = new Set<string>();

/** Adds to a set that is only made when it is needed: mostly all pods are ready. */
function add(group: Set<string>, pod: string): Set<string> {
  return group === NO_PODS ? new Set([pod]) : group.add(pod);
}

/**
 * Whether a pod's CPU sample says nothing yet about its load: the CPU that starting takes is not load.
 *
 * During the CPU initialization period the sample's whole window must lie after the pod became ready. Later
 * only a pod that has never been ready is left out, and 'never' is read from a Ready condition that has not
 * changed since shortly after the start.
 */
function isStartingUp(pod: ObservedPod, sample: PodSample, rules: PodGroupingRules): boolean {
  if (pod.ready === null || pod.startedAtMs === null) return true;
  const startedAtMs = observedTimeMs(pod.startedAtMs, 'start', pod.name);
  const readyTransitionAtMs = observedTimeMs(
    pod.readyTransitionAtMs ?? 0,
    'readyTransitionAtMs',
    pod.name,
  );
  const { cpuInitializationSeconds, initialReadinessDelaySeconds } = rules.profile;
  if (startedAtMs + cpuInitializationSeconds * 1000 > rules.nowMs) {
    return pod.ready === 'False' || sample.atMs < readyTransitionAtMs + sample.windowMs;
  }
  const hasNeverBeenReady = startedAtMs + initialReadinessDelaySeconds * 1000 > readyTransitionAtMs;
  return pod.ready === 'False' && hasNeverBeenReady;
}
