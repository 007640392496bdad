import type { ObjectEvent } from '@bellows/core';
import type { ConfigMap, Secret } from '@bellows/manifest';
import type { ContainerUsage, Pod, PodMeta, PodStatus } from './pod.ts';

/** Options of {@link createKubelet}. */
export interface KubeletOptions {
  /** Folder for logs: `.bellows`. Created when absent. */
  readonly stateDirectory: string;
  /** ConfigMaps and Secrets that environment variables may refer to. */
  readonly configMaps: readonly ConfigMap[];
  /** As `configMaps`; both are looked up in the namespace of the pod. */
  readonly secrets: readonly Secret[];
  /** Variables every container gets besides its own, such as `SHOP_SERVICE_HOST`. */
  readonly environment: Readonly<Record<string, string>>;
  /** IPv4 addresses of this machine that are there for pods. @defaultValue a block of 127.0.0.0/8; ports on macOS */
  readonly podAddresses?: readonly string[];
  /** What `spec.nodeName` and `status.hostIP` tell containers of this machine. @defaultValue localhost, 127.0.0.1 */
  readonly node?: NodeIdentity;
}

/** This machine as pods know it. */
export interface NodeIdentity {
  /** Its name as a node. */
  readonly name: string;
  /** Its address as a node. */
  readonly address: string;
}

/** A line of a container's output. */
export interface OutputLine {
  /** Name of the pod. */
  readonly pod: string;
  /** Name of the container in the pod spec. */
  readonly container: string;
  /** Where the process wrote it. */
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end; UTF-8, at most 16,384 characters: a longer line comes in parts. */
  readonly text: string;
}

/** What a kubelet tells while it runs. */
export interface KubeletListener {
  /** A pod's status changed; also the last time, when it is gone (`deletionTimestampMs` set, no container running). */
  readonly podChanged?: (status: PodStatus) => void;
  /** A pod's processes have all ended after deletion; it is no longer in `pods()`. */
  readonly podDeleted?: (status: PodStatus) => void;
  /** Something a user of `kubectl describe pod` would see: `Unhealthy`, `BackOff`, `Killing`, … */
  readonly event?: (pod: PodStatus, event: ObjectEvent) => void;
  /** A line of a container's output; names come again, the pod's uid does not. */
  readonly output?: (line: OutputLine, pod: PodMeta) => void;
}

/** Runs pods as groups of real processes on this machine. */
export interface Kubelet {
  /** Starts the guardian; rejects with `ERR_KUBELET_…` when this machine cannot run pods. */
  start(): Promise<void>;
  /** Accepts a pod and starts it. Returns its first status (phase `Pending`). */
  runPod(pod: Pod): PodStatus;
  /**
   * Asks a pod to end: preStop, SIGTERM, grace period, SIGKILL to the group. A second call can only
   * shorten the grace period. Unknown uids are ignored.
   *
   * @param graceSeconds - Default: the pod's `terminationGracePeriodSeconds`.
   */
  deletePod(uid: string, graceSeconds?: number): void;
  /** Status of every pod not yet gone, in order of acceptance. */
  pods(): readonly PodStatus[];
  /** What a pod's containers have used until now; empty for an unknown uid. */
  usage(uid: string): readonly ContainerUsage[];
  /** Deletes every pod (with `graceSeconds`, if given), waits until all are gone, ends the guardian. Idempotent. */
  stop(graceSeconds?: number): Promise<void>;
}
