/** The metadata every object of Kubernetes has, as its API sends it. */
export interface KubernetesObjectMeta {
  /** Unique among the objects of its kind in its namespace. */
  readonly name: string;
  /** Absent for kinds that live in no namespace. */
  readonly namespace?: string;
  /** Tells an object from an earlier one of the same name. */
  readonly uid?: string;
  /** The version of this object in the API server's store. */
  readonly resourceVersion?: string;
  /** Counts changes of the spec, from 1. */
  readonly generation?: number;
  /** Absent when there are none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Absent when there are none. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** When it was made, as RFC 3339 text. */
  readonly creationTimestamp?: string;
  /** When its deletion was asked for, as RFC 3339 text; absent while nobody did. */
  readonly deletionTimestamp?: string;
  /** The objects it belongs to. */
  readonly ownerReferences?: readonly OwnerReference[];
}

/** An object that another one belongs to. */
export interface OwnerReference {
  /** API group and version of the owner. */
  readonly apiVersion: string;
  /** Kind of the owner. */
  readonly kind: string;
  /** Name of the owner, in the same namespace. */
  readonly name: string;
  /** Identity of the owner. */
  readonly uid: string;
  /** Whether it is the one owner that controls the object. */
  readonly controller?: boolean;
}

/** Any object of Kubernetes' API, in the shape it is sent in. */
export interface KubernetesObject {
  /** Group and version, such as `apps/v1`. Items of a list have it filled in from the list. */
  readonly apiVersion?: string;
  /** Kind, such as `Deployment`. Items of a list have it filled in from the list. */
  readonly kind?: string;
  /** What every object has. */
  readonly metadata: KubernetesObjectMeta;
}

/** A list as the API sends it, all its pages put together. */
export interface KubernetesList<T> {
  /** Group and version, such as `v1`. */
  readonly apiVersion: string;
  /** Kind of the list, such as `PodList`. */
  readonly kind: string;
  /** What the list says of itself. */
  readonly metadata: {
    /** The version of the store that the list shows: where a watch goes on. Absent on metrics APIs. */
    readonly resourceVersion?: string;
  };
  /** The objects, in the API server's order. */
  readonly items: readonly T[];
}
