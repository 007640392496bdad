import { isPodReady, tellingLine, type PodStatus } from '@bellows/kubelet';
import { cleanText } from '../text/clean-text.ts';

/** A pod as the views tell it, from the newest to the one on its way out. */
export type PodState = 'pending' | 'crashing' | 'notReady' | 'ready' | 'terminating';

/** The kubelet's words for a container in back-off: its delay, and why it ended. */
const BACK_OFF = /^back-off (\S+) restarting failed container=\S+ pod=\S+: ([^]*)$/;

/** The state of a pod: `terminating` from the moment its deletion was asked for, whatever else it is. */
export function podState(pod: PodStatus): PodState {
  if (pod.deletionTimestampMs !== undefined) return 'terminating';
  if (isPodReady(pod)) return 'ready';
  if (pod.containerStatuses.some(isCrashing)) return 'crashing';
  const isRunning = pod.containerStatuses.some(({ state }) => state.kind === 'running');
  return isRunning ? 'notReady' : 'pending';
}

/** How many of the pods are in each state. */
export function countPodStates(pods: readonly PodStatus[]): Readonly<Record<PodState, number>> {
  const counts = { pending: 0, crashing: 0, notReady: 0, ready: 0, terminating: 0 };
  for (const pod of pods) counts[podState(pod)] += 1;
  return counts;
}

/** Why a pod is not ready, as far as it is known, causes first; empty when it is ready or on its way out. */
export function unreadyReasons(pod: PodStatus): string[] {
  const state = podState(pod);
  if (state === 'ready' || state === 'terminating') return [];
  let message = pod.message ?? '';
  const waiting = pod.containerStatuses.flatMap(({ state: container }) => {
    if (container.kind !== 'waiting') return [];
    // What the container says is not said again by its pod.
    message = message.replace(container.message, () => '').trim();
    return [waitingReason(container)];
  });
  return [...waiting, ...(message === '' ? [] : [message])].map(cleanText);
}

/** Whether it waits for its next start after it ended: nothing says that it will stay this time. */
function isCrashing({ state }: PodStatus['containerStatuses'][number]): boolean {
  return state.kind === 'waiting' && state.reason === 'CrashLoopBackOff';
}

/** `exited with code 1: boom (CrashLoopBackOff, back-off 10s)`: the cause before what follows from it. */
function waitingReason({ reason, message }: { reason: string; message: string }): string {
  const [, delay, cause = ''] = BACK_OFF.exec(message) ?? [];
  if (delay !== undefined) return `${causeText(cause)} (${reason}, back-off ${delay})`;
  return message === '' ? reason : `${reason}: ${message}`;
}

function causeText(cause: string): string {
  const [how = '', ...rest] = cause.split('\n');
  // Who holds the port stands right after the exit code, and is more than the program itself knew.
  const told = /EADDRINUSE|already in use/i.test(cause) ? rest[0] : tellingLine(rest.join('\n'));
  return told === undefined || told === '' ? how : `${how}: ${told}`;
}
