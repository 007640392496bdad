import type { ConditionStatus } from '@bellows/core';

/** What the controller sees in one reconcile. Quantities are text in any form that Kubernetes reads. */
export interface HpaObservation {
  /** Of `spec.scaleTargetRef`; without it nothing else is looked at. */
  readonly scale: ScaleReading;
  /** The pods that `scale.selector` selects, in the HPA's namespace, whoever owns them and however they are. */
  readonly pods: readonly ObservedPod[];
  /** One reading per entry of the (defaulted) spec's `metrics`, in its order. */
  readonly metrics: readonly MetricReading[];
  /** The namespace's other HPAs. @defaultValue none */
  readonly otherAutoscalers?: readonly OtherAutoscaler[];
}

/** The target's `/scale` subresource, or why it could not be read. */
export type ScaleReading = ScaleValue | UnreadableScale;

/** A `/scale` subresource that could not be read. */
export interface UnreadableScale {
  /** The error's text as the API server words it, without the prefixes that the controller adds. */
  readonly error: string;
}

/** A `/scale` subresource. */
export interface ScaleValue {
  /** `scale.spec.replicas`: the replicas that were last asked for. */
  readonly specReplicas: number;
  /** `scale.status.replicas`: the pods there are, terminating ones left out. */
  readonly statusReplicas: number;
  /** `scale.status.selector`: a label selector as text, such as `app=shop`. */
  readonly selector: string;
}

/** Another HPA of the namespace, for the check that no two HPAs select the same pods. */
export interface OtherAutoscaler {
  /** Name without the namespace. */
  readonly name: string;
  /** The selector of its target's scale, as text. */
  readonly selector: string;
}

/** A pod, as far as it matters to the HPA. */
export interface ObservedPod {
  /** `metadata.name`, by which readings refer to it. */
  readonly name: string;
  /** Only read to find another HPA that selects the same pod. @defaultValue none */
  readonly labels?: Readonly<Record<string, string>>;
  /** `status.phase`: a failed pod is not counted, a pending one is unready. */
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** Status of the condition Ready, or null if the pod has none. */
  readonly ready: ConditionStatus | null;
  /** When `ready` last changed, in milliseconds since the epoch (whole seconds count). @defaultValue 0 */
  readonly readyTransitionAtMs?: number;
  /** `status.startTime` in milliseconds since the epoch; null before the kubelet has seen the pod. */
  readonly startedAtMs: number | null;
  /** `metadata.deletionTimestamp` in milliseconds since the epoch; absent unless the pod is terminating. */
  readonly deletedAtMs?: number;
  /** `spec.containers`, whose requests utilization is a percentage of. */
  readonly containers: readonly ObservedContainer[];
  /** `spec.initContainers`; only sidecars among them count. @defaultValue none */
  readonly initContainers?: readonly ObservedContainer[];
  /** `spec.resources.requests`, the pod's own. */
  readonly podRequests?: Readonly<Record<string, string>>;
  /** `spec.overhead`. */
  readonly overhead?: Readonly<Record<string, string>>;
}

/** A container of an {@link ObservedPod}. */
export interface ObservedContainer {
  /** Unique in its pod. */
  readonly name: string;
  /** `resources.requests`: quantity by resource name. @defaultValue none */
  readonly requests?: Readonly<Record<string, string>>;
  /** `Always` makes an init container a sidecar, whose requests count. */
  readonly restartPolicy?: 'Always';
}

/** What one metric of the spec read. */
export type MetricReading =
  FailedReading | ResourceReading | PodsReading | ObjectReading | ExternalReading;

/** The call to the metrics API failed. */
export interface FailedReading {
  /** Fits a metric of any type. */
  readonly kind: 'failed';
  /** The error's text, without the prefixes that the controller adds. */
  readonly error: string;
}

/** Answer of metrics.k8s.io, for a Resource or ContainerResource metric. Pods without usage are left out. */
export interface ResourceReading {
  /** Fits the types Resource and ContainerResource. */
  readonly kind: 'resource';
  /** One entry per pod; empty is an error of its own. */
  readonly pods: readonly PodUsage[];
}

/** Use of the metric's resource by one pod. */
export interface PodUsage {
  /** The pod's name. */
  readonly pod: string;
  /** End of the time the sample covers, in milliseconds since the epoch. */
  readonly atMs: number;
  /** Length of the time the sample covers, in milliseconds. */
  readonly windowMs: number;
  /** All that reported; one without `usage` leaves a Resource metric without a value of the pod. */
  readonly containers: readonly ContainerUsageReading[];
}

/** Use of the metric's resource by one container. */
export interface ContainerUsageReading {
  /** The container's name in the pod spec. */
  readonly name: string;
  /** Quantity; absent if the container did not report this resource. */
  readonly usage?: string;
}

/** Answer of custom.metrics.k8s.io for a Pods metric. Pods without a value are left out. */
export interface PodsReading {
  /** Fits the type Pods. */
  readonly kind: 'pods';
  /** Of several for one pod the last counts; empty is an error of its own. */
  readonly values: readonly PodValue[];
}

/** Value of a metric for one pod. */
export interface PodValue {
  /** The pod's name. */
  readonly pod: string;
  /** Quantity. */
  readonly value: string;
  /** When it was observed, in milliseconds since the epoch. */
  readonly atMs: number;
  /** Length of the time the value covers, in milliseconds. @defaultValue 60000 */
  readonly windowMs?: number;
}

/** Answer of custom.metrics.k8s.io for an Object metric. */
export interface ObjectReading {
  /** Fits the type Object. */
  readonly kind: 'object';
  /** Quantity. */
  readonly value: string;
  /** When it was observed, in milliseconds since the epoch; only told, never decided on. */
  readonly atMs?: number;
}

/** Answer of external.metrics.k8s.io: the values of all series, which the controller sums. */
export interface ExternalReading {
  /** Fits the type External. */
  readonly kind: 'external';
  /** Quantities. Empty is an error of its own. */
  readonly series: readonly string[];
  /** When the oldest was observed, in milliseconds since the epoch; only told, never decided on. */
  readonly atMs?: number;
}
