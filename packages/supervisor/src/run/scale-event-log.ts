import type { PodStatus } from '@bellows/kubelet';
import type { ScaleEvent } from '../supervisor.ts';

/** A change of replicas as it is decided. */
export type ScaleDecision = Omit<ScaleEvent, 'readyAtMs' | 'firstServedAtMs'>;

/** Keeps the scale events of a run and what became of each. */
export interface ScaleEventLog {
  /** Adds an event with the pods it brought; those of the way up are watched. */
  add(decision: ScaleDecision, newPods: readonly PodStatus[]): void;
  /** Notes that a pod is ready since a time, in milliseconds since the epoch. */
  podReady(podUid: string, sinceMs: number): void;
  /** Notes that a pod answered through a Service first at a time, in milliseconds since the epoch. */
  podServed(podName: string, atMs: number): void;
  /** All events, oldest first. */
  events(): readonly ScaleEvent[];
}

interface Entry {
  readonly decision: ScaleDecision;
  readonly newUids: ReadonlySet<string>;
  readonly newNames: ReadonlySet<string>;
  readyAtMs?: number;
  firstServedAtMs?: number;
}

/** Creates an empty log. */
export function createScaleEventLog(): ScaleEventLog {
  const entries: Entry[] = [];
  return {
    add(decision, newPods) {
      entries.push({
        decision,
        newUids: new Set(newPods.map(({ metadata }) => metadata.uid)),
        newNames: new Set(newPods.map(({ metadata }) => metadata.name)),
      });
    },
    podReady(podUid, sinceMs) {
      const entry = entries.find(({ newUids }) => newUids.has(podUid));
      if (entry !== undefined) entry.readyAtMs = Math.min(entry.readyAtMs ?? Infinity, sinceMs);
    },
    podServed(podName, atMs) {
      const entry = entries.find(({ newNames }) => newNames.has(podName));
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
  };
}
