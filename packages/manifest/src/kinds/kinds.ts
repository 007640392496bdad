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

/** `apps/v1 Deployment`. */
export interface Deployment {
  readonly kind: 'Deployment';
  readonly apiVersion: 'apps/v1';
  readonly metadata: ObjectMeta;
  readonly source: ObjectSource;
  readonly spec: {
    /** Absent in the manifest means 1. */
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly minReadySeconds: number;
  };
}

/** A port of a Service. */
export interface ServicePort {
  /** Empty for a single unnamed port. */
  readonly name: string;
  readonly port: number;
  /** A number, or the name of a container port. Default: `port`. */
  readonly targetPort: number | string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** `v1 Service`. */
export interface Service {
  readonly kind: 'Service';
  readonly apiVersion: 'v1';
  readonly metadata: ObjectMeta;
  readonly source: ObjectSource;
  readonly spec: {
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
    readonly clusterIP?: string;
    /** Empty: endpoints are not made by the controller. */
    readonly selector: Readonly<Record<string, string>>;
    readonly ports: readonly ServicePort[];
    readonly publishNotReadyAddresses: boolean;
  };
}

/** `autoscaling/v2 HorizontalPodAutoscaler`; v1 is read as v2. */
export interface HorizontalPodAutoscaler {
  readonly kind: 'HorizontalPodAutoscaler';
  readonly apiVersion: 'autoscaling/v2';
  readonly metadata: ObjectMeta;
  readonly source: ObjectSource;
  /** Defaults filled in, quantities canonical. */
  readonly spec: HpaSpec;
}

/** `policy/v1 PodDisruptionBudget`. */
export interface PodDisruptionBudget {
  readonly kind: 'PodDisruptionBudget';
  readonly apiVersion: 'policy/v1';
  readonly metadata: ObjectMeta;
  readonly source: ObjectSource;
  readonly spec: {
    readonly selector?: LabelSelector;
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
  };
}

/** `v1 ConfigMap`. */
export interface ConfigMap {
  readonly kind: 'ConfigMap';
  readonly apiVersion: 'v1';
  readonly metadata: ObjectMeta;
  readonly source: ObjectSource;
  readonly data: Readonly<Record<string, string>>;
}

/** `v1 Secret`; `data` is decoded, `stringData` merged over it. */
export interface Secret {
  readonly kind: 'Secret';
  readonly apiVersion: 'v1';
  readonly metadata: ObjectMeta;
  readonly source: ObjectSource;
  /** Decoded values. Never print them. */
  readonly data: Readonly<Record<string, Uint8Array>>;
}

/** Every kind Bellows acts on. */
export type ManifestObject =
  Deployment | Service | HorizontalPodAutoscaler | PodDisruptionBudget | ConfigMap | Secret;
