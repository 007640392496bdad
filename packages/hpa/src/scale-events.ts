import type { HpaSpec } from './hpa-spec.ts';
import type { HpaMemory, ScaleEventMemory } from './hpa-state.ts';
import { subtractInt32 } from './int32.ts';

/** A change of replicas that was written. */
export interface Rescale {
  readonly from: number;
  readonly to: number;
  /** In milliseconds since the epoch. */
  readonly atMs: number;
}

/**
 * Remembers a change of replicas for the scaling policies; without `spec.behavior` there are none.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go storeScaleEvent
 */
export function rememberScaleEvent(
  memory: HpaMemory,
  behavior: HpaSpec['behavior'],
  { from, to, atMs }: Rescale,
): HpaMemory {
  if (behavior === undefined) return memory;
  const isUp = to > from;
  const policies = (isUp ? behavior.scaleUp : behavior.scaleDown)?.policies ?? [];
  const longestPeriodSeconds = Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds));
  const cutoffMs = atMs - longestPeriodSeconds * 1000;
  const replicaChange = isUp ? subtractInt32(to, from) : subtractInt32(from, to);
  const event: ScaleEventMemory = { atMs, replicaChange, outdated: false };
  return isUp
    ? { ...memory, scaleUpEvents: storeEvent(memory.scaleUpEvents, event, cutoffMs) }
    : { ...memory, scaleDownEvents: storeEvent(memory.scaleDownEvents, event, cutoffMs) };
}

/** Marks events older than the longest period, for good; the last one that is marked gives its slot. */
function storeEvent(
  events: readonly ScaleEventMemory[],
  event: ScaleEventMemory,
  cutoffMs: number,
): readonly ScaleEventMemory[] {
  const marked = events.map((stored) =>
    stored.atMs < cutoffMs && !stored.outdated ? { ...stored, outdated: true } : stored,
  );
  const reusableIndex = marked.findLastIndex(({ outdated }) => outdated);
  return reusableIndex < 0 ? [...marked, event] : marked.with(reusableIndex, event);
}
