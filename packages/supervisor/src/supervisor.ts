import type { DecisionRecord, ObjectEvent } from '@bellows/core';
import type { BalancerStats } from '@bellows/balancer';
import type { ManifestObject } from '@bellows/manifest';
import type { PodStatus } from '@bellows/kubelet';

/** Options of {@link createSupervisor}. */
export interface SupervisorOptions {
  /** All objects of the run. */
  readonly objects: readonly ManifestObject[];
  /** Words that replace the first container's command in the only Deployment, or undefined. */
  readonly command?: readonly string[];
  /** Folder for processes whose Deployment came from no file, or whose words were given. */
  readonly workingDirectory: string;
  /** `.bellows`. */
  readonly stateDirectory: string;
  /** Above 0, at most 86400. @defaultValue 15 */
  readonly syncPeriodSeconds?: number;
  /** See the balancer's. @defaultValue 500 */
  readonly endpointDelayMs?: number;
  /** Seed of the balancer's choice; @defaultValue random */
  readonly seed?: number;
}

/** A Service as it can be reached. */
export interface ServiceView {
  /** `metadata.name`. */
  readonly name: string;
  /** Its TCP ports, in the order of the manifest; empty before they listen. */
  readonly ports: readonly ServicePortView[];
}

/** A port of a Service as it can be reached. */
export interface ServicePortView {
  /** `spec.ports[].name`; empty for a single unnamed port. */
  readonly name: string;
  /** `spec.ports[].port`: the port in a cluster. */
  readonly port: number;
  /** Address on this machine that the balancer listens on, such as `127.0.0.1`. */
  readonly host: string;
  /** Port on this machine; another one than `port` where that is taken or not allowed. */
  readonly localPort: number;
  /** What the balancer of this port has counted. */
  readonly stats: BalancerStats;
}

/** A Deployment and its pods. */
export interface DeploymentView {
  /** `metadata.name`. */
  readonly name: string;
  /** `spec.replicas` now. */
  readonly desiredReplicas: number;
  /** Pods that are ready and not terminating: `status.readyReplicas`. */
  readonly readyReplicas: number;
  /** Includes terminating ones. */
  readonly pods: readonly PodStatus[];
}

/** An HPA and its last decision. */
export interface AutoscalerView {
  /** `metadata.name`. */
  readonly name: string;
  /** `Kind/name` of what it scales, such as `Deployment/shop`. */
  readonly target: string;
  /** `spec.minReplicas`, 1 where the manifest has none. */
  readonly minReplicas: number;
  /** `spec.maxReplicas`. */
  readonly maxReplicas: number;
  /** Undefined before the first sync. */
  readonly lastDecision: DecisionRecord | undefined;
}

/** Everything a view shows. */
export interface SupervisorSnapshot {
  /** When it was taken, in milliseconds since the epoch. */
  readonly atMs: number;
  /** In the order of the objects, as are the other two; empty before start. */
  readonly deployments: readonly DeploymentView[];
  /** With their counters; a Service without a TCP port has no ports here. */
  readonly services: readonly ServiceView[];
  /** Empty before start. */
  readonly autoscalers: readonly AutoscalerView[];
}

/** A change of replicas and what followed, for the report. */
export interface ScaleEvent {
  /** When the HPA decided, in milliseconds since the epoch. */
  readonly decidedAtMs: number;
  /** Name of the Deployment. */
  readonly deployment: string;
  /** `spec.replicas` before it. */
  readonly from: number;
  /** `spec.replicas` after it; never equal to `from`. */
  readonly to: number;
  /** The HPA's words, as after `reason:` in its event SuccessfulRescale; empty where it gives none. */
  readonly reason: string;
  /** When the first new pod became ready; undefined on the way down or before. */
  readonly readyAtMs?: number;
  /** When the first byte of an answer of a new pod went through the Service. */
  readonly firstServedAtMs?: number;
}

/** What a supervisor tells while it runs. */
export interface SupervisorListener {
  /** An HPA has decided: once per HPA and sync period, also when it holds. */
  readonly decision?: (record: DecisionRecord) => void;
  /** A pod's status changed; see the kubelet's listener. */
  readonly podChanged?: (pod: PodStatus) => void;
  /** An event of the object named by `about`, as `pod/NAME`, `service/NAME` or `hpa/NAME`. */
  readonly event?: (about: string, event: ObjectEvent) => void;
  /** A line of a container's output, without its line end. */
  readonly output?: (line: {
    readonly pod: string;
    readonly container: string;
    readonly stream: 'stdout' | 'stderr';
    readonly text: string;
  }) => void;
}

/** Runs Deployments, Services and HPAs on this machine. */
export interface Supervisor {
  /** Starts everything; rejects with `ERR_SUPERVISOR_…`, `ERR_KUBELET_…` or `ERR_BALANCER_…` and leaves nothing behind. */
  start(): Promise<void>;
  /** How everything is now; a copy that later changes leave as it is. */
  snapshot(): SupervisorSnapshot;
  /** The last 1000 scale events so far, in order. */
  scaleEvents(): readonly ScaleEvent[];
  /** How many scale events came before those: kept no more. */
  scaleEventsLeftOut(): number;
  /** Stops HPA loop, pods (in order, with their grace; `graceSeconds` shortens it), Services. Idempotent; a second call with less grace hurries. */
  stop(graceSeconds?: number): Promise<void>;
}
