import type { Condition } from '@bellows/core';
import { isConditionTrue } from './conditions.ts';
import type { HpaSpec } from './hpa-spec.ts';
import type { Profile } from './profile.ts';

/**
 * Whether the spec has a metric that exists without pods, so that it can call back from zero.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go hasObjectOrExternalMetrics
 */
export function hasObjectOrExternalMetric(spec: HpaSpec): boolean {
  return spec.metrics?.some(({ type }) => type === 'Object' || type === 'External') ?? false;
}

/** Whether the HPA itself took the last replica away, as its own condition remembers. */
export function wasScaledToZero(conditions: readonly Condition[], profile: Profile): boolean {
  return profile.featureGates.HPAScaleToZero && isConditionTrue(conditions, 'ScaledToZero');
}

/**
 * Whether metrics are looked at although there are no replicas. A target that someone else scaled to zero
 * is left alone.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go shouldComputeMetricsForZeroReplicas
 */
export function canScaleFromZero(
  spec: HpaSpec,
  minReplicas: number,
  isScaledToZero: boolean,
): boolean {
  return isScaledToZero && (minReplicas !== 0 || hasObjectOrExternalMetric(spec));
}
