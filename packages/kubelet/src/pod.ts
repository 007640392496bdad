import type { Condition, ObjectMeta, Observed } from '@bellows/core';
import type { PodSpec } from '@bellows/manifest';

/** A pod to run. */
export interface Pod {
  /** `uid` is set; `labels` are the pod's own. */
  readonly metadata: ObjectMeta & { readonly uid: string };
  readonly spec: PodSpec;
  /** Folder the processes start in, where a container names no `workingDir` that exists. */
  readonly workingDirectory: string;
}

/** `v1 ContainerStatus`, as far as Bellows uses it. */
export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly state:
    | { readonly kind: 'waiting'; readonly reason: string; readonly message: string }
    | { readonly kind: 'running'; readonly startedAtMs: number; readonly pid: number }
    | {
        readonly kind: 'terminated';
        readonly reason: string;
        /** Exit code; 128 + signal number for a signal. */
        readonly exitCode: number;
        readonly message: string;
        readonly finishedAtMs: number;
      };
}

/** `v1 PodStatus`, as far as Bellows uses it. */
export interface PodStatus {
  readonly metadata: Pod['metadata'];
  readonly spec: PodSpec;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  /** Loopback address of the pod. */
  readonly podIP: string;
  /** Manifest port to real port, where the machine cannot give each pod its own address (macOS); else empty. */
  readonly portMap: Readonly<Record<number, number>>;
  /** When the kubelet accepted the pod; milliseconds since the epoch. */
  readonly startTimeMs: number;
  /** Set from the moment deletion was asked for. */
  readonly deletionTimestampMs?: number;
  /** Includes `Ready`, `ContainersReady`, `PodScheduled`, `Initialized`. */
  readonly conditions: readonly Condition[];
  readonly containerStatuses: readonly ContainerStatus[];
  /** Why the pod is not ready, when that is known: the last probe failure, with its remedy. */
  readonly message?: string;
}

/** What one container has used, as the kubelet's `/metrics/resource` says it. */
export interface ContainerUsage {
  readonly container: string;
  /** Cumulative CPU time of all its processes, in seconds; never falls while the container runs. */
  readonly cpuSecondsTotal: Observed<number>;
  /** Working set of all its processes, in bytes. */
  readonly memoryWorkingSetBytes: Observed<number>;
}
