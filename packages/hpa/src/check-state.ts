import { BellowsError } from '@bellows/core';
import type { HpaState } from './hpa-state.ts';
import { isInt32 } from './int32.ts';

/**
 * Refuses a state that no decision can have left: one damaged on its way through a file, say.
 *
 * @throws {@link BellowsError} `ERR_HPA_STATE` for a time that is not finite or a count that is no int32.
 */
export function checkState({ status, memory }: HpaState): void {
  const { recommendations, scaleUpEvents, scaleDownEvents } = memory;
  for (const { atMs, replicas } of recommendations ?? []) {
    expectSound('memory.recommendations', atMs, replicas);
  }
  for (const { atMs, replicaChange } of scaleUpEvents) {
    expectSound('memory.scaleUpEvents', atMs, replicaChange);
  }
  for (const { atMs, replicaChange } of scaleDownEvents) {
    expectSound('memory.scaleDownEvents', atMs, replicaChange);
  }
  expectSound('status', status.lastScaleTimeMs ?? 0, status.currentReplicas);
  expectSound('status', status.lastScaleTimeMs ?? 0, status.desiredReplicas);
}

function expectSound(field: string, timeMs: number, count: number): void {
  if (Number.isFinite(timeMs) && isInt32(count)) return;
  throw new BellowsError(
    'ERR_HPA_STATE',
    `Expected ${field} to hold finite times and 32-bit counts, got ${String(timeMs)} and ${String(count)}`,
    { place: { field }, remedy: 'Start over with createHpaState().' },
  );
}
