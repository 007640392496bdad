import type { ObjectMeta } from '@bellows/core';

/** An environment variable: a value, or where it comes from. */
export interface EnvVar {
  readonly name: string;
  /** May use `$(OTHER)`, `$$` is a dollar sign. */
  readonly value?: string;
  readonly valueFrom?: EnvVarSource;
}

/** Exactly one is set. */
export interface EnvVarSource {
  /** Downward API: `metadata.name`, `status.podIP`, `metadata.labels['x']`, … */
  readonly fieldRef?: { readonly fieldPath: string };
  readonly configMapKeyRef?: {
    readonly name: string;
    readonly key: string;
    readonly optional?: boolean;
  };
  readonly secretKeyRef?: {
    readonly name: string;
    readonly key: string;
    readonly optional?: boolean;
  };
  readonly resourceFieldRef?: {
    readonly containerName?: string;
    readonly resource: string;
    readonly divisor?: string;
  };
}

/** All keys of a ConfigMap or Secret as variables. */
export interface EnvFromSource {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
  readonly secretRef?: { readonly name: string; readonly optional?: boolean };
}

/** A port a container opens. */
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** HTTP request of a probe or hook. */
export interface HttpGetAction {
  /** Default `/`. */
  readonly path: string;
  /** A number, or the name of a container port. */
  readonly port: number | string;
  /** Default: the pod's address. */
  readonly host?: string;
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly httpHeaders: readonly { readonly name: string; readonly value: string }[];
}

/** A probe with its defaults filled in. Exactly one action is set. */
export interface Probe {
  readonly httpGet?: HttpGetAction;
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string };
  readonly exec?: { readonly command: readonly string[] };
  readonly initialDelaySeconds: number;
  readonly timeoutSeconds: number;
  readonly periodSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  readonly terminationGracePeriodSeconds?: number;
}

/** A lifecycle hook. Exactly one action is set. */
export interface LifecycleHandler {
  readonly httpGet?: HttpGetAction;
  readonly exec?: { readonly command: readonly string[] };
  readonly sleep?: { readonly seconds: number };
}

/** A container with its defaults filled in. */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env: readonly EnvVar[];
  readonly envFrom: readonly EnvFromSource[];
  readonly ports: readonly ContainerPort[];
  /** Quantities as text. */
  readonly resources: {
    readonly requests: Readonly<Record<string, string>>;
    readonly limits: Readonly<Record<string, string>>;
  };
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle: { readonly preStop?: LifecycleHandler };
}

/** The part of `v1 PodSpec` that Bellows acts on, with its defaults filled in. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
}

/** What pods are made from. */
export interface PodTemplate {
  readonly metadata: Pick<ObjectMeta, 'labels' | 'annotations'>;
  readonly spec: PodSpec;
}
