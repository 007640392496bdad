import type { LabelSelector } from '@bellows/core';

/** `autoscaling/v2 CrossVersionObjectReference`. */
export interface ObjectReference {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
}

/** Name of a metric and the series it means. */
export interface MetricIdentifier {
  readonly name: string;
  readonly selector?: LabelSelector;
}

/** What a metric should be; quantities as text. Exactly one of the three values is set in a valid spec. */
export interface MetricTarget {
  readonly type: 'Utilization' | 'Value' | 'AverageValue';
  /** Quantity of the metric as a whole. */
  readonly value?: string;
  /** Quantity per pod. */
  readonly averageValue?: string;
  /** Percent of the pods' requests. */
  readonly averageUtilization?: number;
}

/** One entry of `spec.metrics`: a type and the source of the same name. */
export interface MetricSpec {
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  readonly resource?: { readonly name: string; readonly target: MetricTarget };
  readonly containerResource?: {
    readonly name: string;
    readonly container: string;
    readonly target: MetricTarget;
  };
  readonly pods?: { readonly metric: MetricIdentifier; readonly target: MetricTarget };
  readonly object?: {
    readonly describedObject: ObjectReference;
    readonly metric: MetricIdentifier;
    readonly target: MetricTarget;
  };
  readonly external?: { readonly metric: MetricIdentifier; readonly target: MetricTarget };
}

/** One scaling policy: at most `value` pods or percent in `periodSeconds`. */
export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  /** 1 to 1800. */
  readonly periodSeconds: number;
}

/** Rules of one direction. */
export interface ScalingRules {
  /** 0 to 3600; absent on scale-down means the controller's own (300). */
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  readonly policies?: readonly ScalingPolicy[];
  /** Quantity: dead band around a ratio of 1; absent means the controller's own (0.1). */
  readonly tolerance?: string;
}

/** `autoscaling/v2 HorizontalPodAutoscalerSpec`, as a user writes it. */
export interface HpaSpec {
  readonly scaleTargetRef: ObjectReference;
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  readonly metrics?: readonly MetricSpec[];
  readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules };
}
