import type { HpaState, HpaStatus } from '@bellows/hpa';
import { timeMs, type ApiHpa } from './api-objects.ts';

/**
 * The controller's state before its next decision, as far as it can be told from the status it wrote. Its memory is in no API: of
 * its recommendations the last is the count it decided on, so that is the only one assumed, and of its scale events none is.
 *
 * @param nowMs - The latest time that recommendation can be of.
 */
export function assumedState(hpa: ApiHpa, nowMs: number): HpaState {
  const known = statusOf(hpa);
  return {
    status: known,
    memory: {
      recommendations:
        known.desiredReplicas > 0 ? [{ atMs: nowMs, replicas: known.desiredReplicas }] : null,
      scaleUpEvents: [],
      scaleDownEvents: [],
    },
  };
}

/** The status that the controller wrote, in the form that `decide` works on. */
export function statusOf({ status = {} }: Pick<ApiHpa, 'status'>): HpaStatus {
  const observedGeneration = status.observedGeneration;
  return {
    currentReplicas: status.currentReplicas ?? 0,
    desiredReplicas: status.desiredReplicas ?? 0,
    lastScaleTimeMs: timeMs(status.lastScaleTime),
    currentMetrics: status.currentMetrics ?? null,
    conditions: (status.conditions ?? []).map((condition) => ({
      type: condition.type,
      status: condition.status,
      reason: condition.reason ?? '',
      message: condition.message ?? '',
      lastTransitionTimeMs: timeMs(condition.lastTransitionTime) ?? 0,
    })),
    ...(observedGeneration !== undefined && { observedGeneration }),
  };
}
