import type { PodStatus } from '@bellows/kubelet';
import type { ScaleEvent } from '../supervisor.ts';

/** A change of replicas as it is decided. */
export type ScaleDecision = Omit<ScaleEvent, 'readyAtMs' | 'firstServedAtMs'>;

/** Keeps the last 1000 scale events of a run and what became of each. */
export interface ScaleEventLog {
  /** Adds an event with the pods it brought; those of the way up are watched. */
  add(decision: ScaleDecision, newPods: readonly PodStatus[]): void;
  /** Notes that a pod is ready since a time, in milliseconds since the epoch. */
  podReady(podUid: string, sinceMs: number): void;
  /** Notes that a pod answered through a Service first at a time, in milliseconds since the epoch. */
  podServed(podName: string, atMs: number): void;
  /** Those kept, oldest first. */
  events(): readonly ScaleEvent[];
  /** How many older ones are kept no more. */
  leftOut(): number;
}

/** At one event a sync period of 15 s, the last four hours. */
const MAX_EVENTS = 1000;

interface Entry {
  readonly decision: ScaleDecision;
  readonly newPods: readonly PodStatus['metadata'][];
  readyAtMs?: number;
  firstServedAtMs?: number;
}

/** Creates an empty log. */
export function createScaleEventLog(): ScaleEventLog {
  const entries: Entry[] = [];
  const byUid = new Map<string, Entry>();
  const byName = new Map<string, Entry>();
  let leftOut = 0;
  const dropOldest = (): void => {
    for (const { uid, name } of entries.shift()?.newPods ?? []) {
      byUid.delete(uid);
      byName.delete(name);
    }
    leftOut += 1;
  };
  return {
    add(decision, newPods) {
      const entry: Entry = { decision, newPods: newPods.map(({ metadata }) => metadata) };
      entries.push(entry);
      for (const { uid, name } of entry.newPods) {
        byUid.set(uid, entry);
        byName.set(name, entry);
      }
      if (entries.length > MAX_EVENTS) dropOldest();
    },
    podReady(podUid, sinceMs) {
      const entry = byUid.get(podUid);
      if (entry !== undefined) entry.readyAtMs = Math.min(entry.readyAtMs ?? Infinity, sinceMs);
    },
    podServed(podName, atMs) {
      const entry = byName.get(podName);
      if (entry !== undefined) {
        entry.firstServedAtMs = Math.min(entry.firstServedAtMs ?? Infinity, atMs);
      }
    },
    events: () =>
      entries.map(({ decision, readyAtMs, firstServedAtMs }) => ({
        ...decision,
        ...(readyAtMs !== undefined && { readyAtMs }),
        ...(firstServedAtMs !== undefined && { firstServedAtMs }),
      })),
    leftOut: () => leftOut,
  };
}
