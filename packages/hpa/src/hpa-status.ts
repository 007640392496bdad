import type { Condition } from '@bellows/core';
import type { MetricIdentifier, ObjectReference } from './hpa-spec.ts';

/** `autoscaling/v2 HorizontalPodAutoscalerStatus`. */
export interface HpaStatus {
  /** Replicas before the last decision. */
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  /** In milliseconds since the epoch, whole seconds; null if it never scaled. */
  readonly lastScaleTimeMs: number | null;
  /** Generation of the spec that was decided on; only with the gate HPAGeneration. */
  readonly observedGeneration?: number;
  /** One entry per metric of the spec; null when no metrics were computed. */
  readonly currentMetrics: readonly MetricStatus[] | null;
  /** In the order in which they first appeared. */
  readonly conditions: readonly Condition[];
}

/** Values of a metric as the HPA reports them: quantities in canonical form. */
export interface MetricValueStatus {
  readonly value?: string;
  readonly averageValue?: string;
  /** Percent of the requests. */
  readonly averageUtilization?: number;
}

/** One entry of `status.currentMetrics`; a metric that failed has the type `''` and nothing else. */
export interface MetricStatus {
  readonly type: '' | 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  readonly resource?: { readonly name: string; readonly current: MetricValueStatus };
  readonly containerResource?: {
    readonly name: string;
    readonly container: string;
    readonly current: MetricValueStatus;
  };
  readonly pods?: { readonly metric: MetricIdentifier; readonly current: MetricValueStatus };
  readonly object?: {
    readonly metric: MetricIdentifier;
    readonly current: MetricValueStatus;
    readonly describedObject: ObjectReference;
  };
  readonly external?: { readonly metric: MetricIdentifier; readonly current: MetricValueStatus };
}
