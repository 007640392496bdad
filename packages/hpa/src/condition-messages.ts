import type { ConditionChange } from './conditions.ts';
import type { LimitTrace } from './decision-trace.ts';

/*
 * Every text of the HPA's conditions, as Kubernetes writes it: they are part of its interface.
 * See kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go.
 */

const ABLE = { type: 'AbleToScale', status: 'True' } as const;
const UNABLE = { type: 'AbleToScale', status: 'False' } as const;
const INACTIVE = { type: 'ScalingActive', status: 'False' } as const;

/** The scale was read. */
export const SUCCEEDED_GET_SCALE: ConditionChange = {
  ...ABLE,
  reason: 'SucceededGetScale',
  message: "the HPA controller was able to get the target's current scale",
};

/** Stabilization changed nothing. */
export const READY_FOR_NEW_SCALE: ConditionChange = {
  ...ABLE,
  reason: 'ReadyForNewScale',
  message: 'recommended size matches current size',
};

/** Recent recommendations held back a scale-up. */
export const SCALE_UP_STABILIZED: ConditionChange = {
  ...ABLE,
  reason: 'ScaleUpStabilized',
  message:
    'recent recommendations were lower than current one, applying the lowest recent recommendation',
};

/** Recent recommendations held back a scale-down. */
export const SCALE_DOWN_STABILIZED: ConditionChange = {
  ...ABLE,
  reason: 'ScaleDownStabilized',
  message:
    'recent recommendations were higher than current one, applying the highest recent recommendation',
};

/** The target has no replicas, and the HPA did not take them away. */
export const SCALING_DISABLED: ConditionChange = {
  ...INACTIVE,
  reason: 'ScalingDisabled',
  message: 'scaling is disabled since the replica count of the target is zero',
};

/** The HPA took the last replica away. */
export const SCALED_TO_ZERO: ConditionChange = {
  type: 'ScaledToZero',
  status: 'True',
  reason: 'ScaledToZero',
  message: 'the HPA controller scaled the workload to zero',
};

/** The last rescale was not one to zero by the HPA. */
export const NOT_SCALED_TO_ZERO: ConditionChange = {
  type: 'ScaledToZero',
  status: 'False',
  reason: 'NotScaledToZero',
  message: 'the HPA controller did not scale the workload to zero',
};

/** The scale could not be read. */
export function failedGetScale(error: string): ConditionChange {
  const message = `the HPA controller was unable to get the target's current scale: ${error}`;
  return { ...UNABLE, reason: 'FailedGetScale', message };
}

/** The scale could not be written. */
export function failedUpdateScale(error: string): ConditionChange {
  const message = `the HPA controller was unable to update the target scale: ${error}`;
  return { ...UNABLE, reason: 'FailedUpdateScale', message };
}

/** The scale was written. */
export function succeededRescale(replicas: number): ConditionChange {
  const message = `the HPA controller was able to update the target scale to ${replicas}`;
  return { ...ABLE, reason: 'SucceededRescale', message };
}

/** The metrics gave a count, that of `metric`. */
export function validMetricFound(metric: string): ConditionChange {
  const message = `the HPA was able to successfully calculate a replica count from ${metric}`;
  return { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound', message };
}

/** A metric could not be computed, and without it there is no count. */
export function failedMetric(reason: string, error: string): ConditionChange {
  const message = `the HPA was unable to compute the replica count: ${error}`;
  return { ...INACTIVE, reason, message };
}

/** The target's selector cannot be used. */
export function invalidSelector(reason: string, message: string): ConditionChange {
  return { ...INACTIVE, reason, message };
}

const LIMIT_MESSAGES: Readonly<Record<LimitTrace['reason'], string>> = {
  ScaleUpLimit: 'the desired replica count is increasing faster than the maximum scale rate',
  ScaleDownLimit: 'the desired replica count is decreasing faster than the maximum scale rate',
  TooManyReplicas: 'the desired replica count is more than the maximum replica count',
  TooFewReplicas: 'the desired replica count is less than the minimum replica count',
  DesiredWithinRange: 'the desired count is within the acceptable range',
};

/** Limits cut the count, or let it be. */
export function scalingLimited(limit: LimitTrace): ConditionChange {
  return {
    type: 'ScalingLimited',
    status: limit.in === limit.out ? 'False' : 'True',
    reason: limit.reason,
    message: LIMIT_MESSAGES[limit.reason],
  };
}
