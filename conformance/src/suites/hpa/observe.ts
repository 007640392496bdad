import { parseLabelSelector } from '@bellows/core';
import type { HpaObservation, MetricReading, ObservedPod } from '@bellows/hpa';
import type { RecordedPod, RecordedReading, Scenario, Tick } from './scenario.ts';

/** Labels of every pod. */
const LABELS = { app: 'web' };

/** Time of the first reconcile, in milliseconds since the epoch; any whole second would do. */
const FIRST_RECONCILE_MS = 1_700_000_000_000;

/** A scenario's seconds as milliseconds since the epoch. */
export function toMs(seconds: number): number {
  return FIRST_RECONCILE_MS + seconds * 1000;
}

/** Milliseconds since the epoch as a scenario's seconds. */
export function toSeconds(timeMs: number): number {
  return (timeMs - FIRST_RECONCILE_MS) / 1000;
}

/** What a tick sees; a field it leaves out is as in the tick before. */
export type Sight = Pick<Required<Tick>, 'scale' | 'pods' | 'metrics'>;

/** Makes what the controller saw in a tick. */
export function observe(sight: Sight, otherHpas: Scenario['otherHpas']): HpaObservation {
  const { scale } = sight;
  return {
    scale: scale.error === undefined ? scale : { error: scale.error },
    pods: isSelecting(scale.selector)
      ? sight.pods.flatMap((pod) => repeat(pod, pod.name).map((name) => observePod(pod, name)))
      : [],
    metrics: sight.metrics.map(observeReading),
    otherAutoscalers: otherHpas ?? [],
  };
}

/** Whether the scale's selector selects the pods, all of which have the same labels; one that cannot be read is `decide`'s to refuse. */
function isSelecting(selector: string): boolean {
  try {
    return parseLabelSelector(selector).matches(LABELS);
  } catch {
    return true;
  }
}

/** Names of an entry with `count`: `web-3` with 4 is `web-3` to `web-6`. */
function repeat({ count = 1 }: { readonly count?: number }, name: string): readonly string[] {
  const match = /^(.*?)(\d+)$/.exec(name);
  if (count === 1 || match === null) return [name];
  const [, stem = '', first = '0'] = match;
  return Array.from({ length: count }, (_, index) => `${stem}${Number(first) + index}`);
}

function observePod(pod: RecordedPod, name: string): ObservedPod {
  const { phase, ready, containers, initContainers, podRequests, overhead } = pod;
  return {
    name,
    labels: LABELS,
    phase,
    ready,
    ...(pod.readyTransitionAt !== undefined && {
      readyTransitionAtMs: toMs(pod.readyTransitionAt),
    }),
    startedAtMs: pod.startTime === null ? null : toMs(pod.startTime),
    ...(pod.deletionTimestamp !== undefined && { deletedAtMs: toMs(pod.deletionTimestamp) }),
    containers: containers ?? [],
    ...(initContainers && { initContainers }),
    ...(podRequests && { podRequests }),
    ...(overhead && { overhead }),
  };
}

function observeReading(reading: RecordedReading): MetricReading {
  if ('error' in reading) return { kind: 'failed', error: reading.error };
  if ('series' in reading) return { kind: 'external', series: reading.series };
  if ('value' in reading) return { kind: 'object', value: reading.value };
  if ('values' in reading) {
    const values = reading.values.flatMap(({ value, timestamp, window, ...entry }) =>
      repeat(entry, entry.pod).map((pod) => ({
        pod,
        value,
        atMs: toMs(timestamp),
        ...(window !== undefined && { windowMs: window * 1000 }),
      })),
    );
    return { kind: 'pods', values };
  }
  const pods = reading.pods.flatMap(({ containers, timestamp, window, ...entry }) =>
    repeat(entry, entry.pod).map((pod) => ({
      pod,
      containers: containers ?? [],
      atMs: toMs(timestamp),
      windowMs: window * 1000,
    })),
  );
  return { kind: 'resource', pods };
}
