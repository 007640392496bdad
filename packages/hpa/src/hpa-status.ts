import type { Condition } from '@bellows/core';
import type { MetricIdentifier, ObjectReference } from './hpa-spec.ts';

/** `autoscaling/v2 HorizontalPodAutoscalerStatus`. */
export interface HpaStatus {
  /** Replicas before the last decision. */
  readonly currentReplicas: number;
  /** Replicas that the last decision wanted; one that could not decide or write keeps the number before. */
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
  /** The metric as a whole, where the target is a `value`. */
  readonly value?: string;
  /** Amount per pod, for all other targets; for a utilization beside the percentage. */
  readonly averageValue?: string;
  /** Percent of the requests. */
  readonly averageUtilization?: number;
}

/** One entry of `status.currentMetrics`; a metric that failed has the type `''` and nothing else. */
export interface MetricStatus {
  /** As in the spec, and which of the parts below is set. */
  readonly type: '' | 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  /** For `Resource`. */
  readonly resource?: ResourceMetricStatus;
  /** For `ContainerResource`. */
  readonly containerResource?: ContainerResourceMetricStatus;
  /** For `Pods`. */
  readonly pods?: PodsMetricStatus;
  /** For `Object`. */
  readonly object?: ObjectMetricStatus;
  /** For `External`. */
  readonly external?: ExternalMetricStatus;
}

/** `autoscaling/v2 ResourceMetricStatus`. */
export interface ResourceMetricStatus {
  /** Resource as in the spec, such as `cpu`. */
  readonly name: string;
  /** The pods' average, and their utilization if the target is one. */
  readonly current: MetricValueStatus;
}

/** `autoscaling/v2 ContainerResourceMetricStatus`. */
export interface ContainerResourceMetricStatus extends ResourceMetricStatus {
  /** Name of the container, as in the spec. */
  readonly container: string;
}

/** `autoscaling/v2 PodsMetricStatus`. */
export interface PodsMetricStatus {
  /** As in the spec. */
  readonly metric: MetricIdentifier;
  /** The pods' average. */
  readonly current: MetricValueStatus;
}

/** `autoscaling/v2 ObjectMetricStatus`. */
export interface ObjectMetricStatus {
  /** As in the spec. */
  readonly metric: MetricIdentifier;
  /** In the form of the target: a value, or an average over the replicas. */
  readonly current: MetricValueStatus;
  /** As in the spec. */
  readonly describedObject: ObjectReference;
}

/** `autoscaling/v2 ExternalMetricStatus`. */
export interface ExternalMetricStatus {
  /** As in the spec. */
  readonly metric: MetricIdentifier;
  /** In the form of the target: a value, or an average over the replicas. */
  readonly current: MetricValueStatus;
}
