import type { Condition, ObjectMeta, Observed } from '@bellows/core';
import type { ConfigMap, PodSpec, Secret } from '@bellows/manifest';

/** `metadata` of a pod, which always has a `uid`. */
export interface PodMeta extends ObjectMeta {
  /** Names the pod for good: names and addresses are used again. */
  readonly uid: string;
}

/** A pod to run. */
export interface Pod {
  /** `uid` is set; `labels` are the pod's own. */
  readonly metadata: PodMeta;
  /** What to run, as it was accepted: later changes of the object have no effect. */
  readonly spec: PodSpec;
  /** Folder the processes start in, where a container names no `workingDir` that exists. */
  readonly workingDirectory: string;
  /** Variables of the Services it can reach. @defaultValue those of the kubelet */
  readonly environment?: Readonly<Record<string, string>>;
  /** What its variables may refer to. @defaultValue those of the kubelet */
  readonly configMaps?: readonly ConfigMap[];
  /** What its variables may refer to. @defaultValue those of the kubelet */
  readonly secrets?: readonly Secret[];
}

/** `v1 ContainerStatus`, as far as Bellows uses it. */
export interface ContainerStatus {
  /** Its name in the pod spec. */
  readonly name: string;
  /** Whether it runs and its readiness probe, if any, has passed; all must for the pod to be ready. */
  readonly ready: boolean;
  /** Whether it runs and its startup probe, if any, has passed: the other probes wait for that. */
  readonly started: boolean;
  /** Starts after the first, failed ones included; from 0. */
  readonly restartCount: number;
  /** What it does now; of the states before only `restartCount` is left. */
  readonly state: ContainerState;
}

/** `v1 ContainerState`: exactly one of the three. */
export type ContainerState =
  ContainerStateWaiting | ContainerStateRunning | ContainerStateTerminated;

/** `v1 ContainerStateWaiting`: not started yet, refused, or between two runs. */
export interface ContainerStateWaiting {
  /** Tells the state from the other two. */
  readonly kind: 'waiting';
  /** `ContainerCreating`, `CreateContainerConfigError`, `RunContainerError` or `CrashLoopBackOff`. */
  readonly reason: string;
  /** What went wrong, with the remedy where one is known; empty for `ContainerCreating`. */
  readonly message: string;
}

/** `v1 ContainerStateRunning`: its main process runs. */
export interface ContainerStateRunning {
  /** Tells the state from the other two. */
  readonly kind: 'running';
  /** When the main process of this run started, in milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** The main process; it leads the process group of the container. */
  readonly pid: number;
}

/** `v1 ContainerStateTerminated`: its main process has ended; for a moment only if it is to be restarted. */
export interface ContainerStateTerminated {
  /** Tells the state from the other two. */
  readonly kind: 'terminated';
  /** `Completed` for exit code 0, `Error` for others, `StartError` when the command could not be run. */
  readonly reason: string;
  /** Exit code; 128 + signal number for a signal. */
  readonly exitCode: number;
  /** How it ended; where it failed, with the last lines of its output. */
  readonly message: string;
  /** When the main process ended, in milliseconds since the epoch. */
  readonly finishedAtMs: number;
}

/** `v1 PodStatus`, as far as Bellows uses it. */
export interface PodStatus {
  /** As given to `runPod`. */
  readonly metadata: PodMeta;
  /** As given to `runPod`. */
  readonly spec: PodSpec;
  /** `Pending` until every container has run once; the last two are final: no container will run again. */
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
  /** One per container, in the order of the spec. */
  readonly containerStatuses: readonly ContainerStatus[];
  /** Why the pod is not ready, when that is known: the last probe failure, with its remedy. */
  readonly message?: string;
}

/** What one container has used, as the kubelet's `/metrics/resource` says it. */
export interface ContainerUsage {
  /** The container's name in the pod spec; one that does not run is left out. */
  readonly container: string;
  /** Cumulative CPU time of all its processes, in seconds; never falls while the container runs. */
  readonly cpuSecondsTotal: Observed<number>;
  /** Working set of all its processes, in bytes. */
  readonly memoryWorkingSetBytes: Observed<number>;
}
