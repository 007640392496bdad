import type { LabelSelector } from '@bellows/core';

/** `autoscaling/v2 CrossVersionObjectReference`. */
export interface ObjectReference {
  /** Such as `Deployment`. */
  readonly kind: string;
  /** `metadata.name`; the namespace is the HPA's. */
  readonly name: string;
  /** Such as `apps/v1`; the group counts, the version does not. Absent: the core group. */
  readonly apiVersion?: string;
}

/** Name of a metric and the series it means. */
export interface MetricIdentifier {
  /** As the metrics API calls it, such as `queue_length`. */
  readonly name: string;
  /** Series that count, by their labels. @defaultValue all */
  readonly selector?: LabelSelector;
}

/** What a metric should be; quantities as text. Which of the three values must be set is up to its source. */
export interface MetricTarget {
  /** Which of the three is meant; only an Object metric heeds it, for others the value that is set decides. */
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
  /** Which of the sources below is set and read. */
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  /** For `Resource`: use of the whole pod. */
  readonly resource?: ResourceMetricSource;
  /** For `ContainerResource`: use of one container of each pod. */
  readonly containerResource?: ContainerResourceMetricSource;
  /** For `Pods`: a value of each pod. */
  readonly pods?: PodsMetricSource;
  /** For `Object`: a value of one object of the cluster. */
  readonly object?: ObjectMetricSource;
  /** For `External`: a value from outside the cluster. */
  readonly external?: ExternalMetricSource;
}

/** `autoscaling/v2 ResourceMetricSource`. */
export interface ResourceMetricSource {
  /** Resource as in the pods' requests, such as `cpu`; only `cpu` leaves out pods that start up. */
  readonly name: string;
  /** A utilization or an average value, not both. */
  readonly target: MetricTarget;
}

/** `autoscaling/v2 ContainerResourceMetricSource`. */
export interface ContainerResourceMetricSource extends ResourceMetricSource {
  /** Name of the container, the same in every pod; a DNS label. */
  readonly container: string;
}

/** `autoscaling/v2 PodsMetricSource`. */
export interface PodsMetricSource {
  /** Which metric of the pods. */
  readonly metric: MetricIdentifier;
  /** Its average value; nothing else counts. */
  readonly target: MetricTarget;
}

/** `autoscaling/v2 ObjectMetricSource`. */
export interface ObjectMetricSource {
  /** The object, in the HPA's namespace. */
  readonly describedObject: ObjectReference;
  /** Which metric of that object. */
  readonly metric: MetricIdentifier;
  /** A value or an average value, whichever its `type` says. */
  readonly target: MetricTarget;
}

/** `autoscaling/v2 ExternalMetricSource`. */
export interface ExternalMetricSource {
  /** The metric, the sum of all series that its selector takes. */
  readonly metric: MetricIdentifier;
  /** A value or an average value, not both. */
  readonly target: MetricTarget;
}

/** One scaling policy: at most `value` pods or percent in `periodSeconds`. */
export interface ScalingPolicy {
  /** What `value` counts: pods, or percent of the replicas at the start of the period. */
  readonly type: 'Pods' | 'Percent';
  /** Above 0. */
  readonly value: number;
  /** 1 to 1800. */
  readonly periodSeconds: number;
}

/** Rules of one direction. */
export interface ScalingRules {
  /** 0 to 3600; absent on scale-down means the controller's own (300). */
  readonly stabilizationWindowSeconds?: number;
  /** `Max` lets the policy that changes most decide, `Min` the least, `Disabled` none. @defaultValue `Max` */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /** At least one; any given replace the direction's defaults as a whole. */
  readonly policies?: readonly ScalingPolicy[];
  /** Quantity: dead band around a ratio of 1; absent means the controller's own (0.1). */
  readonly tolerance?: string;
}

/** `autoscaling/v2 HorizontalPodAutoscalerSpec`, as a user writes it. */
export interface HpaSpec {
  /** What is scaled, by its `/scale`. */
  readonly scaleTargetRef: ObjectReference;
  /** 0 or more; 0 needs an Object or External metric and the gate HPAScaleToZero. @defaultValue 1 */
  readonly minReplicas?: number;
  /** At least 1 and at least `minReplicas`. */
  readonly maxReplicas: number;
  /** The one that asks for most decides. @defaultValue CPU at 80 % of the requests */
  readonly metrics?: readonly MetricSpec[];
  /** Absent, stabilization and limits follow another algorithm than with an empty one. */
  readonly behavior?: HpaBehavior;
}

/** `autoscaling/v2 HorizontalPodAutoscalerBehavior`; an absent direction gets its defaults. */
export interface HpaBehavior {
  /** Default: no window; the larger of 4 pods and 100 % in 15 s. */
  readonly scaleUp?: ScalingRules;
  /** Default: the controller's window; 100 % in 15 s. */
  readonly scaleDown?: ScalingRules;
}
