import type { ObjectMeta } from '@bellows/core';

/** An environment variable: a value, or where it comes from. */
export interface EnvVar {
  /** `v1 EnvVar.name`: printable ASCII without `=`; of several with one name the last counts. */
  readonly name: string;
  /** May use `$(OTHER)`, `$$` is a dollar sign. */
  readonly value?: string;
  /** Where the value comes from; not set together with a `value` that is not empty. */
  readonly valueFrom?: EnvVarSource;
}

/** Exactly one is set. */
export interface EnvVarSource {
  /** Downward API: `metadata.name`, `status.podIP`, `metadata.labels['x']`, … */
  readonly fieldRef?: ObjectFieldSelector;
  /** One key of a ConfigMap. */
  readonly configMapKeyRef?: KeySelector;
  /** One key of a Secret, decoded. */
  readonly secretKeyRef?: KeySelector;
  /** A request or limit of a container of the pod, as a whole number. */
  readonly resourceFieldRef?: ResourceFieldSelector;
}

/** `v1 ObjectFieldSelector`: a field of the pod itself. */
export interface ObjectFieldSelector {
  /** Such as `metadata.name`; a label or annotation that the pod does not have gives the empty text. */
  readonly fieldPath: string;
}

/** `v1 ConfigMapKeySelector` and `v1 SecretKeySelector`. */
export interface KeySelector {
  /** Name of the ConfigMap or Secret, in the pod's namespace. */
  readonly name: string;
  /** Key in its `data`. */
  readonly key: string;
  /** True: a missing object or key leaves the variable unset. @defaultValue false: the container does not start */
  readonly optional?: boolean;
}

/** `v1 ResourceFieldSelector`. */
export interface ResourceFieldSelector {
  /** A container of the same pod. @defaultValue the one that has the variable */
  readonly containerName?: string;
  /** `limits.NAME` or `requests.NAME`; a limit that is not set is what the machine has, a request is 0. */
  readonly resource: string;
  /** Quantity that the amount is divided by, rounded up. @defaultValue 1 */
  readonly divisor?: string;
}

/** All keys of a ConfigMap or Secret as variables; exactly one of the two is set. */
export interface EnvFromSource {
  /** Put before every key. @defaultValue nothing */
  readonly prefix?: string;
  /** The ConfigMap. */
  readonly configMapRef?: EnvSource;
  /** The Secret, its values decoded. */
  readonly secretRef?: EnvSource;
}

/** `v1 ConfigMapEnvSource` and `v1 SecretEnvSource`. */
export interface EnvSource {
  /** Name of the object, in the pod's namespace. */
  readonly name: string;
  /** True: a missing object gives no variables. @defaultValue false: the container does not start */
  readonly optional?: boolean;
}

/** A port a container opens. */
export interface ContainerPort {
  /** What probes and `targetPort` may call it; unique in its container. */
  readonly name?: string;
  /** 1 to 65535; the first TCP one is what the variable PORT says, unless `env` sets it. */
  readonly containerPort: number;
  /** `TCP` when absent; a named `targetPort` must have the same. */
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
  /** `HTTP` when absent; certificates are not verified. */
  readonly scheme: 'HTTP' | 'HTTPS';
  /** Sent besides the kubelet's own; `User-Agent`, `Accept`, `Accept-Encoding` and `Host` replace those. */
  readonly httpHeaders: readonly HttpHeader[];
}

/** `v1 HTTPHeader`. */
export interface HttpHeader {
  /** Its name, in any case. */
  readonly name: string;
  /** Its value, as it is sent; may be empty. */
  readonly value: string;
}

/** `v1 TCPSocketAction`: passes when a connection can be made. */
export interface TcpSocketAction {
  /** A number, or the name of a container port. */
  readonly port: number | string;
  /** Default: the pod's address. */
  readonly host?: string;
}

/** `v1 ExecAction`: passes when a command ends with exit code 0. */
export interface ExecAction {
  /** The command and its words, at least one; no shell takes part, nothing is expanded. */
  readonly command: readonly string[];
}

/** `v1 SleepAction`. */
export interface SleepAction {
  /** From 0 to the pod's `terminationGracePeriodSeconds`. */
  readonly seconds: number;
}

/** A probe with its defaults filled in. Exactly one action is set. */
export interface Probe {
  /** Asks for a page: an answer from 200 to 399 passes. */
  readonly httpGet?: HttpGetAction;
  /** Connects. */
  readonly tcpSocket?: TcpSocketAction;
  /** Runs a command with the container's variables and folder. */
  readonly exec?: ExecAction;
  /** Wait from the start of the container to the first time; 0 when absent. */
  readonly initialDelaySeconds: number;
  /** One that takes longer has failed; 1 when absent. */
  readonly timeoutSeconds: number;
  /** Time between two; 10 when absent. */
  readonly periodSeconds: number;
  /** Passes in a row until it counts as passed; 1 when absent, only readiness may have more. */
  readonly successThreshold: number;
  /** Failures in a row until it counts as failed; 3 when absent. */
  readonly failureThreshold: number;
  /** Time to end for a container that failed it, above 0; absent: the pod's. Not for readiness. */
  readonly terminationGracePeriodSeconds?: number;
}

/** A lifecycle hook. Exactly one action is set. */
export interface LifecycleHandler {
  /** Asks for a page; any answer will do. */
  readonly httpGet?: HttpGetAction;
  /** Runs a command with the container's variables and folder. */
  readonly exec?: ExecAction;
  /** Waits, so that SIGTERM comes after the endpoints have changed. */
  readonly sleep?: SleepAction;
}

/** A container with its defaults filled in. */
export interface Container {
  /** Unique in its pod; a DNS label. */
  readonly name: string;
  /** Not pulled: the command is run on this machine. A cluster refuses a container without one. */
  readonly image?: string;
  /** `v1 Container.command`: replaces the entry point of the image, which is not known here. */
  readonly command?: readonly string[];
  /** Words after `command`; alone they are the command. */
  readonly args?: readonly string[];
  /** `v1 Container.workingDir`: used if the folder exists on this machine, else the pod's own is. */
  readonly workingDir?: string;
  /** Over `envFrom`, in order: a value may use `$(NAME)` of what stands before it. */
  readonly env: readonly EnvVar[];
  /** In order: of equal keys the last counts. */
  readonly envFrom: readonly EnvFromSource[];
  /** What probes and Services may refer to by name; a process may listen on others as well. */
  readonly ports: readonly ContainerPort[];
  /** Read by the HPA and `resourceFieldRef`; processes are not held to them. */
  readonly resources: ResourceRequirements;
  /** Holds the other two off until it has passed; restarts the container when it fails. */
  readonly startupProbe?: Probe;
  /** Whether it gets connections; absent: as soon as it runs. Goes on while it drains. */
  readonly readinessProbe?: Probe;
  /** Restarts the container when it fails; absent: only its end does. */
  readonly livenessProbe?: Probe;
  /** Its hooks; empty when absent. `postStart` is not run. */
  readonly lifecycle: Lifecycle;
}

/** `v1 ResourceRequirements`: quantities as text by resource name, such as `cpu: 250m`. */
export interface ResourceRequirements {
  /** What utilization is a percentage of; where one is absent, the limit of that name. */
  readonly requests: Readonly<Record<string, string>>;
  /** No request is above the limit of its name; empty when absent. */
  readonly limits: Readonly<Record<string, string>>;
}

/** The part of `v1 Lifecycle` that is acted on. */
export interface Lifecycle {
  /** Run before SIGTERM; its time counts in the grace period. Absent: SIGTERM at once. */
  readonly preStop?: LifecycleHandler;
}

/** The part of `v1 PodSpec` that Bellows acts on, with its defaults filled in. */
export interface PodSpec {
  /** At least one; all start together. Init containers are not run. */
  readonly containers: readonly Container[];
  /** Time from deletion to SIGKILL, the preStop hook included; 0 or more, 30 when absent. */
  readonly terminationGracePeriodSeconds: number;
  /** `Always` when absent, and the only one that a Deployment may have. */
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
}

/** What pods are made from. */
export interface PodTemplate {
  /** Labels and annotations of its pods; their names are made from the Deployment's. */
  readonly metadata: Pick<ObjectMeta, 'labels' | 'annotations'>;
  /** What its pods run. */
  readonly spec: PodSpec;
}
