import type { DecisionRecord } from '@bellows/core';
import { readBasis, type HpaObservation, type MetricReading } from '@bellows/hpa';
import { named } from './text-lines.ts';

/** Pods that are listed; `--json` has all. */
const MAX_PODS = 20;

/** What was read, pod by pod, as it was read. */
export function rawLines(record: DecisionRecord): string[] {
  const observation = readBasis(record)?.observation;
  return [
    ...(observation === undefined ? [] : observationLines(observation)),
    ...record.conditions.map(({ type, status, reason }) =>
      named('condition', `${type} ${status}: ${reason}`),
    ),
  ];
}

function observationLines({ scale, pods, metrics }: HpaObservation): string[] {
  const hidden = pods.length - MAX_PODS;
  return [
    'error' in scale
      ? named('scale', scale.error)
      : named('scale', `${scale.specReplicas} asked for, ${scale.statusReplicas} there`),
    ...metrics.flatMap((reading) => totalLines(reading)),
    ...pods.slice(0, MAX_PODS).map(({ name, phase, ready, deletedAtMs }) => {
      const state = deletedAtMs === undefined ? phase : 'Terminating';
      const values = metrics.map((reading) => valueOf(reading, name)).filter(Boolean);
      const isReady = ready === 'True' ? 'ready' : 'not ready';
      return named('pod', `${name} ${state}, ${isReady}${values.map((v) => `, ${v}`).join('')}`);
    }),
    ...(hidden > 0 ? [named('', `and ${hidden} more pods (--json has all)`)] : []),
  ];
}

function totalLines(reading: MetricReading): string[] {
  if (reading.kind === 'object') return [named('value', reading.value)];
  return reading.kind === 'external' ? [named('series', reading.series.join(', '))] : [];
}

function valueOf(reading: MetricReading, pod: string): string | undefined {
  if (reading.kind === 'pods') {
    return reading.values.find((value) => value.pod === pod)?.value ?? 'no sample';
  }
  if (reading.kind !== 'resource') return undefined;
  const usage = reading.pods.find((sample) => sample.pod === pod);
  return usage?.containers.map(({ usage: used = 'unknown' }) => used).join(' + ') ?? 'no sample';
}
