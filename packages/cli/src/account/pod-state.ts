import { isPodReady, type PodStatus } from '@bellows/kubelet';
import { cleanText } from '../text/clean-text.ts';

/** A pod as the views tell it, from the newest to the one on its way out. */
export type PodState = 'pending' | 'notReady' | 'ready' | 'terminating';

/** The state of a pod: `terminating` from the moment its deletion was asked for, whatever else it is. */
export function podState(pod: PodStatus): PodState {
  if (pod.deletionTimestampMs !== undefined) return 'terminating';
  if (isPodReady(pod)) return 'ready';
  const isRunning = pod.containerStatuses.some(({ state }) => state.kind === 'running');
  return isRunning ? 'notReady' : 'pending';
}

/** How many of the pods are in each state. */
export function countPodStates(pods: readonly PodStatus[]): Readonly<Record<PodState, number>> {
  const counts = { pending: 0, notReady: 0, ready: 0, terminating: 0 };
  for (const pod of pods) counts[podState(pod)] += 1;
  return counts;
}

/** Why a pod is not ready, as far as it is known; empty when it is ready or on its way out. */
export function unreadyReasons(pod: PodStatus): string[] {
  const state = podState(pod);
  if (state === 'ready' || state === 'terminating') return [];
  const { message } = pod;
  const waiting = pod.containerStatuses.flatMap(({ state: container }) => {
    if (container.kind !== 'waiting') return [];
    const { reason, message: detail } = container;
    // What the pod says already is not said again.
    return [detail === '' || detail === message ? reason : `${reason}: ${detail}`];
  });
  return [...waiting, ...(message === undefined ? [] : [message])].map(cleanText);
}
