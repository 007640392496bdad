import type { KubernetesObject, KubernetesObjectMeta } from '@bellows/kubernetes';

/** `v1 Pod` as the API server sends it: the part that a node looks at itself; the rest is read as a manifest. */
export interface ApiPod extends KubernetesObject {
  /** With what only pods have. */
  readonly metadata: ApiPodMeta;
  /** What to run. */
  readonly spec: ApiPodSpec;
  /** What was said of it last. */
  readonly status?: ApiPodStatus;
}

/** `metadata` of a pod on the API server. */
export interface ApiPodMeta extends KubernetesObjectMeta {
  /** Always there. */
  readonly uid: string;
  /** Always there. */
  readonly namespace: string;
  /** Time to end from the deletion on, in seconds; absent while nobody deleted it. */
  readonly deletionGracePeriodSeconds?: number;
}

/** The part of `v1 PodSpec` that a node looks at itself. */
export interface ApiPodSpec {
  /** At least one. */
  readonly containers: readonly ApiContainer[];
  /** The API server fills it in. */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  /** The API server fills it in; false: only the API server's own Service has variables. */
  readonly enableServiceLinks?: boolean;
}

/** The part of `v1 Container` that a node looks at itself. */
export interface ApiContainer {
  /** Unique in its pod. */
  readonly name: string;
  /** Such as `registry.example.com/shop:1.0.0`. */
  readonly image?: string;
  /** Whole objects as variables. */
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string };
    readonly secretRef?: { readonly name: string };
  }[];
  /** Variables. */
  readonly env?: readonly {
    readonly valueFrom?: {
      readonly configMapKeyRef?: { readonly name: string };
      readonly secretKeyRef?: { readonly name: string };
    };
  }[];
}

/** The part of `v1 PodStatus` that a node that has been away goes on from. */
export interface ApiPodStatus {
  /** `Succeeded` and `Failed` are final. */
  readonly phase?: string;
  /** When a kubelet first saw it, as RFC 3339 text. */
  readonly startTime?: string;
  /** Of its last run. */
  readonly containerStatuses?: readonly {
    readonly name: string;
    readonly restartCount: number;
    readonly state?: { readonly running?: { readonly startedAt?: string } };
  }[];
}
