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
  readonly name: string;
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    /** `http://127.0.0.1:8080`-like host and port of the balancer. */
    readonly address: string;
    readonly localPort: number;
    readonly stats: BalancerStats;
  }[];
}

/** A Deployment and its pods. */
export interface DeploymentView {
  readonly name: string;
  /** `spec.replicas` now. */
  readonly desiredReplicas: number;
  readonly readyReplicas: number;
  /** Includes terminating ones. */
  readonly pods: readonly PodStatus[];
}

/** An HPA and its last decision. */
export interface AutoscalerView {
  readonly name: string;
  readonly target: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Undefined before the first sync. */
  readonly lastDecision: DecisionRecord | undefined;
}

/** Everything a view shows. */
export interface SupervisorSnapshot {
  readonly atMs: number;
  readonly deployments: readonly DeploymentView[];
  readonly services: readonly ServiceView[];
  readonly autoscalers: readonly AutoscalerView[];
}

/** A change of replicas and what followed, for the report. */
export interface ScaleEvent {
  /** When the HPA decided, in milliseconds since the epoch. */
  readonly decidedAtMs: number;
  readonly deployment: string;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  /** When the first new pod became ready; undefined on the way down or before. */
  readonly readyAtMs?: number;
  /** When the first byte of an answer of a new pod went through the Service. */
  readonly firstServedAtMs?: number;
}

/** What a supervisor tells while it runs. */
export interface SupervisorListener {
  readonly decision?: (record: DecisionRecord) => void;
  readonly podChanged?: (pod: PodStatus) => void;
  readonly event?: (about: string, event: ObjectEvent) => void;
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
  snapshot(): SupervisorSnapshot;
  /** Scale events so far, in order. */
  scaleEvents(): readonly ScaleEvent[];
  /** Stops HPA loop, pods (in order, with their grace; `graceSeconds` shortens it), Services. Idempotent; a second call with less grace hurries. */
  stop(graceSeconds?: number): Promise<void>;
}
