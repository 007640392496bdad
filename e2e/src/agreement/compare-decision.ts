import { isDeepStrictEqual } from 'node:util';
import {
  observeStatus,
  type ApiHpa,
  type ApiScale,
  type Decision,
  type HpaStatus,
} from '@bellows/hpa';
import type { Reconcile } from './controller-recording.ts';

/**
 * Where a decision is not what the controller did: the write of the scale, and each field of the status; times that both set anew
 * need only lie within the reconcile. A controller that wrote no status left it as it was.
 *
 * @returns Sentences; empty when it is the same.
 */
export function compareDecision(reconcile: Reconcile, hpa: ApiHpa, decision: Decision): string[] {
  const theirs = observeStatus(reconcile.statusWrite ?? hpa.status);
  const written = writtenReplicas(reconcile);
  const isTimely = (ourMs: number | null, theirMs: number | null): boolean =>
    ourMs === theirMs || [ourMs, theirMs].every((ms) => ms !== null && isWithin(reconcile, ms));
  return [
    ...difference('scale written', written, decision.scaleWrite),
    ...fields(theirs, decision.status),
    ...conditions(theirs, decision.status, isTimely),
    ...(isTimely(decision.status.lastScaleTimeMs, theirs.lastScaleTimeMs)
      ? []
      : difference('lastScaleTime', theirs.lastScaleTimeMs, decision.status.lastScaleTimeMs)),
  ];
}

/** What the controller wanted the scale to be; null when it wrote none. */
export function writtenReplicas({ scaleWrite }: Reconcile): number | null {
  if (scaleWrite === undefined) return null;
  return (JSON.parse(scaleWrite.requestBody) as ApiScale).spec?.replicas ?? 0;
}

/** Times in a status are whole seconds. */
function isWithin({ startedAtMs, endedAtMs }: Reconcile, ms: number): boolean {
  return ms > startedAtMs - 1_000 && ms <= endedAtMs;
}

function fields(theirs: HpaStatus, ours: HpaStatus): string[] {
  return [
    ...difference('currentReplicas', theirs.currentReplicas, ours.currentReplicas),
    ...difference('desiredReplicas', theirs.desiredReplicas, ours.desiredReplicas),
    ...difference('observedGeneration', theirs.observedGeneration, ours.observedGeneration),
    ...difference('currentMetrics', theirs.currentMetrics, ours.currentMetrics),
  ];
}

function conditions(
  theirs: HpaStatus,
  ours: HpaStatus,
  isTimely: (ourMs: number, theirMs: number) => boolean,
): string[] {
  const types = new Set([...theirs.conditions, ...ours.conditions].map(({ type }) => type));
  return [...types].flatMap((type) => {
    const { lastTransitionTimeMs: theirMs = 0, ...their } = conditionOf(theirs, type);
    const { lastTransitionTimeMs: ourMs = 0, ...our } = conditionOf(ours, type);
    return [
      ...difference(`condition ${type}`, their, our),
      ...(isTimely(ourMs, theirMs) ? [] : difference(`time of ${type}`, theirMs, ourMs)),
    ];
  });
}

function conditionOf(status: HpaStatus, type: string): Partial<HpaStatus['conditions'][number]> {
  return status.conditions.find((condition) => condition.type === type) ?? {};
}

function difference(name: string, theirs: unknown, ours: unknown): string[] {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
  if (isDeepStrictEqual(plain(theirs), plain(ours))) return [];
  return [`${name}: ${JSON.stringify(theirs ?? null)}, here ${JSON.stringify(ours ?? null)}`];
}
