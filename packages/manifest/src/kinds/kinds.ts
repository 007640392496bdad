import type { LabelSelector, ObjectMeta } from '@bellows/core';
import type { HpaSpec } from '@bellows/hpa';
import type { PodTemplate } from './pod-spec.ts';

/** Where an object was read from. */
export interface ObjectSource {
  /** File name as given; `-` is standard input. */
  readonly file: string;
  /** Line of the document's first key, from 1. */
  readonly line: number;
}

/** What every object has, whatever its kind. */
export interface ObjectBase {
  /** Validated by the rules of the kind; `namespace` and the two maps are filled in. */
  readonly metadata: ObjectMeta;
  /** Where it stands in the files, for messages. */
  readonly source: ObjectSource;
}

/** `apps/v1 Deployment`. */
export interface Deployment extends ObjectBase {
  /** Tells a `ManifestObject` from those of other kinds. */
  readonly kind: 'Deployment';
  /** The only version that is read; others are refused. */
  readonly apiVersion: 'apps/v1';
  /** Defaults filled in. */
  readonly spec: DeploymentSpec;
}

/** The part of `apps/v1 DeploymentSpec` that is read. */
export interface DeploymentSpec {
  /** Pods at the start; 0 or more. Absent in the manifest means 1. */
  readonly replicas: number;
  /** Never empty; it selects the labels of `template`. */
  readonly selector: LabelSelector;
  /** What its pods are made from. */
  readonly template: PodTemplate;
  /** 0 or more, 0 when absent. Not acted on: a pod counts as available as soon as it is ready. */
  readonly minReadySeconds: number;
}

/** A port of a Service. */
export interface ServicePort {
  /** Empty for a single unnamed port. */
  readonly name: string;
  /** What clients connect to, 1 to 65535. */
  readonly port: number;
  /** A number, or the name of a container port. Default: `port`. */
  readonly targetPort: number | string;
  /** `TCP` when absent; ports of the other two are not served on this machine. */
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** `v1 Service`. */
export interface Service extends ObjectBase {
  /** Tells a `ManifestObject` from those of other kinds. */
  readonly kind: 'Service';
  /** The only version that is read; others are refused. */
  readonly apiVersion: 'v1';
  /** Defaults filled in. */
  readonly spec: ServiceSpec;
}

/** The part of `v1 ServiceSpec` that is read. */
export interface ServiceSpec {
  /** `ClusterIP` when absent. Not acted on: a Service of any type listens on an address of this machine. */
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** Only looked at for `None`, which allows a Service without ports; other addresses are not acted on. */
  readonly clusterIP?: string;
  /** Empty: endpoints are not made by the controller. */
  readonly selector: Readonly<Record<string, string>>;
  /** Names and pairs of protocol and port are unique; empty only when headless or `ExternalName`. */
  readonly ports: readonly ServicePort[];
  /** Whether pods that are not ready get connections too; false when absent. */
  readonly publishNotReadyAddresses: boolean;
}

/** `autoscaling/v2 HorizontalPodAutoscaler`; v1 is read as v2. */
export interface HorizontalPodAutoscaler extends ObjectBase {
  /** Tells a `ManifestObject` from those of other kinds. */
  readonly kind: 'HorizontalPodAutoscaler';
  /** Also where the manifest says `autoscaling/v1`. */
  readonly apiVersion: 'autoscaling/v2';
  /** Defaults filled in, quantities canonical. */
  readonly spec: HpaSpec;
}

/** `policy/v1 PodDisruptionBudget`. */
export interface PodDisruptionBudget extends ObjectBase {
  /** Tells a `ManifestObject` from those of other kinds. */
  readonly kind: 'PodDisruptionBudget';
  /** The only version that is read; others are refused. */
  readonly apiVersion: 'policy/v1';
  /** Checked but not acted on: neither scaling nor a Deployment asks a budget, in Kubernetes either. */
  readonly spec: PodDisruptionBudgetSpec;
}

/** The part of `policy/v1 PodDisruptionBudgetSpec` that is read; exactly one of the two amounts is set. */
export interface PodDisruptionBudgetSpec {
  /** The pods it guards; absent selects none, an empty one all of the namespace. */
  readonly selector?: LabelSelector;
  /** Pods that must stay: a count of 0 or more, or a percentage such as `50%`. */
  readonly minAvailable?: number | string;
  /** Pods that may be missing, in the same form. */
  readonly maxUnavailable?: number | string;
}

/** `v1 ConfigMap`. */
export interface ConfigMap extends ObjectBase {
  /** Tells a `ManifestObject` from those of other kinds. */
  readonly kind: 'ConfigMap';
  /** The only version that is read; others are refused. */
  readonly apiVersion: 'v1';
  /** Text by key, the values at most 1 MiB in all; empty when absent. `binaryData` is not read. */
  readonly data: Readonly<Record<string, string>>;
}

/** `v1 Secret`; `data` is decoded, `stringData` merged over it. */
export interface Secret extends ObjectBase {
  /** Tells a `ManifestObject` from those of other kinds. */
  readonly kind: 'Secret';
  /** The only version that is read; others are refused. */
  readonly apiVersion: 'v1';
  /** Decoded values. Never print them. */
  readonly data: Readonly<Record<string, Uint8Array>>;
}

/** Every kind Bellows acts on. */
export type ManifestObject =
  Deployment | Service | HorizontalPodAutoscaler | PodDisruptionBudget | ConfigMap | Secret;
