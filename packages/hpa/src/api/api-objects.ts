import type { ConditionStatus } from '@bellows/core';
import type { HpaSpec } from '../hpa-spec.ts';
import type { MetricStatus } from '../hpa-status.ts';
import type { ObservedPod } from '../observation.ts';

/** The metadata of an object, as far as it matters to the HPA. */
export interface ApiMetadata {
  /** Unique in the namespace. */
  readonly name: string;
  /** @defaultValue 'default' */
  readonly namespace?: string;
  /** Tells an object from an earlier one of the same name. */
  readonly uid?: string;
  /** Counts changes of the spec, from 1. */
  readonly generation?: number;
  /** @defaultValue none */
  readonly labels?: Readonly<Record<string, string>>;
  /** RFC 3339 text; absent unless its deletion was asked for. */
  readonly deletionTimestamp?: string;
}

/** A condition as the API sends it. */
export interface ApiCondition {
  /** Such as `Ready`. */
  readonly type: string;
  /** Whether it holds. */
  readonly status: ConditionStatus;
  /** @defaultValue '' */
  readonly reason?: string;
  /** @defaultValue '' */
  readonly message?: string;
  /** RFC 3339 text of whole seconds; null or absent: unknown. */
  readonly lastTransitionTime?: string | null;
}

/** A HorizontalPodAutoscaler of `autoscaling/v2` as the API sends it. */
export interface ApiHpa {
  /** Its name and namespace. */
  readonly metadata: ApiMetadata;
  /** As the API server has defaulted it. */
  readonly spec: HpaSpec;
  /** Absent before its first sync. */
  readonly status?: ApiHpaStatus;
}

/** What the controller wrote about an HPA, as the API sends it: what is zero is left out. */
export interface ApiHpaStatus {
  /** @defaultValue 0 */
  readonly currentReplicas?: number;
  /** @defaultValue 0 */
  readonly desiredReplicas?: number;
  /** RFC 3339 text of whole seconds; null or absent: never. */
  readonly lastScaleTime?: string | null;
  /** Generation of the spec it is about. */
  readonly observedGeneration?: number;
  /** Null or absent: none were computed. */
  readonly currentMetrics?: readonly MetricStatus[] | null;
  /** Null or absent: none. */
  readonly conditions?: readonly ApiCondition[] | null;
}

/** A `/scale` subresource as the API sends it. */
export interface ApiScale {
  /** What was asked for. */
  readonly spec?: {
    /** @defaultValue 0 */
    readonly replicas?: number;
  };
  /** What there is, and the selector of it as text. */
  readonly status?: {
    /** @defaultValue 0 */
    readonly replicas?: number;
    /** Label selector of the pods. */
    readonly selector?: string;
  };
}

/** A container as the API sends it. */
export interface ApiContainer {
  /** Unique in its pod. */
  readonly name: string;
  /** What it asks for. */
  readonly resources?: {
    /** Quantities by resource. */
    readonly requests?: Readonly<Record<string, string>>;
  };
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: string;
}

/** A pod as the API sends it, as far as it matters to the HPA. */
export interface ApiPod {
  /** Its name and labels. */
  readonly metadata: ApiMetadata;
  /** What it is to run. */
  readonly spec: {
    /** At least one. */
    readonly containers: readonly ApiContainer[];
    /** Run before them; sidecars go on beside them. */
    readonly initContainers?: readonly ApiContainer[];
    /** What the pod asks for as a whole. */
    readonly resources?: {
      /** Quantities by resource. */
      readonly requests?: Readonly<Record<string, string>>;
    };
    /** What its runtime class adds: quantities by resource. */
    readonly overhead?: Readonly<Record<string, string>>;
  };
  /** What its kubelet says. */
  readonly status?: {
    /** Such as `Running`; absent: not known yet. */
    readonly phase?: ObservedPod['phase'];
    /** RFC 3339 text; null or absent: not started. */
    readonly startTime?: string | null;
    /** Such as `Ready`. */
    readonly conditions?: readonly ApiCondition[];
  };
}

/** Usage of one pod, as `metrics.k8s.io` sends it. */
export interface ApiPodMetrics {
  /** Names the pod. */
  readonly metadata: Pick<ApiMetadata, 'name'>;
  /** RFC 3339 text of the sample's end. */
  readonly timestamp?: string;
  /** Go duration that the sample covers. */
  readonly window?: string;
  /** Usage of each container. */
  readonly containers?: readonly {
    /** As in the pod. */
    readonly name: string;
    /** Quantities by resource. */
    readonly usage?: Readonly<Record<string, string>>;
  }[];
}

/** One value, as `custom.metrics.k8s.io` and `external.metrics.k8s.io` send it. */
export interface ApiMetricValue {
  /** What a custom metric's value is about. */
  readonly describedObject?: {
    /** Unique among its kind in the namespace. */
    readonly name?: string;
  };
  /** Quantity. */
  readonly value: string;
  /** RFC 3339 text. */
  readonly timestamp?: string;
  /** Time that the value covers; null or absent: 60 s. */
  readonly windowSeconds?: number | null;
}
