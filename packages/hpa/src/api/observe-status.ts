import type { HpaStatus } from '../hpa-status.ts';
import type { ScaleValue } from '../observation.ts';
import type { ApiHpaStatus, ApiScale } from './api-objects.ts';
import { timeMs } from './api-time.ts';

/** The status that the controller wrote, in the form that `decide` works on. */
export function observeStatus(status: ApiHpaStatus = {}): HpaStatus {
  const { observedGeneration } = status;
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

/** A scale as `decide` takes it, of one as the API sends it. */
export function observeScale({ spec, status }: ApiScale): ScaleValue {
  return {
    specReplicas: spec?.replicas ?? 0,
    statusReplicas: status?.replicas ?? 0,
    selector: status?.selector ?? '',
  };
}
