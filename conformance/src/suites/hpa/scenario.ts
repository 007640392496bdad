import type { HpaSpec, MetricStatus } from '@bellows/hpa';

/*
 * The form of `vectors/hpa/*.jsonl`, one scenario a line; `vectors/hpa/README.md` says what its fields mean.
 * Times are seconds relative to the first reconcile.
 */

/** What the controller did with one HPA over time. */
export interface Scenario {
  readonly name: string;
  readonly family: string;
  readonly profile: RecordedProfile;
  readonly hpa: RecordedSpec & { readonly namespace: string; readonly name: string };
  readonly initialStatus?: {
    readonly currentReplicas: number;
    readonly desiredReplicas: number;
    readonly lastScaleTime: number | null;
    readonly conditions: readonly RecordedCondition[];
  };
  readonly initialMemory?: RecordedMemory;
  readonly otherHpas?: readonly { readonly name: string; readonly selector: string }[];
  readonly ticks: readonly Tick[];
  /** After the last tick. */
  readonly finalMemory: RecordedMemory;
}

/** Version, flags and gates of the controller that was recorded. */
export interface RecordedProfile {
  readonly version: string;
  readonly tolerance: number;
  readonly downscaleStabilizationSeconds: number;
  readonly cpuInitializationSeconds: number;
  readonly initialReadinessDelaySeconds: number;
  readonly syncSeconds: number;
  readonly featureGates: {
    readonly HPAConfigurableTolerance: boolean;
    readonly HPAGeneration: boolean;
    readonly HPAScaleToZero: boolean;
    readonly PodLevelResources: boolean;
  };
}

/** A spec as written, as defaulted, and the API server's objections to it. */
export interface RecordedSpec {
  readonly spec: HpaSpec;
  readonly defaulted: HpaSpec;
  readonly rejectedByApi?: readonly string[];
}

/** The controller's memory. */
export interface RecordedMemory {
  readonly recommendations: readonly { readonly at: number; readonly replicas: number }[] | null;
  readonly scaleUpEvents: readonly RecordedScaleEvent[] | null;
  readonly scaleDownEvents: readonly RecordedScaleEvent[] | null;
}

/** A change of replicas that the controller remembers. */
export interface RecordedScaleEvent {
  readonly at: number;
  readonly change: number;
  readonly outdated: boolean;
}

/** One reconcile. */
export interface Tick {
  readonly at: number;
  readonly trigger?: 'specChange' | 'restart' | 'recreate' | 'recreateAfterGap';
  readonly hpa?: RecordedSpec;
  readonly scale?: {
    readonly specReplicas: number;
    readonly statusReplicas: number;
    readonly selector: string;
    readonly error?: string;
  };
  readonly pods?: readonly RecordedPod[];
  readonly metrics?: readonly RecordedReading[];
  readonly scaleWriteError?: string;
  readonly expect: Expectation;
}

/** A pod, or `count` of them. */
export interface RecordedPod {
  readonly name: string;
  readonly count?: number;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly ready: 'True' | 'False' | 'Unknown' | null;
  readonly readyTransitionAt?: number;
  readonly startTime: number | null;
  readonly deletionTimestamp?: number;
  readonly containers: readonly RecordedContainer[] | null;
  readonly initContainers?: readonly RecordedContainer[];
  readonly podRequests?: Readonly<Record<string, string>>;
  readonly overhead?: Readonly<Record<string, string>>;
}

/** A container of a pod. */
export interface RecordedContainer {
  readonly name: string;
  readonly requests?: Readonly<Record<string, string>>;
  readonly restartPolicy?: 'Always';
}

/** What one metric read. */
export type RecordedReading =
  | { readonly error: string }
  | { readonly pods: readonly RecordedUsage[] }
  | { readonly values: readonly RecordedValue[] }
  | { readonly value: string }
  | { readonly series: readonly string[] };

/** Use of a resource by one pod, or `count` of them. */
export interface RecordedUsage {
  readonly pod: string;
  readonly count?: number;
  readonly timestamp: number;
  readonly window: number;
  readonly containers: readonly { readonly name: string; readonly usage?: string }[] | null;
}

/** Value of a metric of one pod, or `count` of them. */
export interface RecordedValue {
  readonly pod: string;
  readonly count?: number;
  readonly value: string;
  readonly timestamp: number;
  readonly window?: number;
}

/** What the controller did in one reconcile; what is left out is as in the tick before. */
export interface Expectation {
  readonly desiredReplicas: number;
  readonly proposal: { readonly replicas: number; readonly metric: string } | null;
  readonly scaleWrite: number | null;
  readonly status?: RecordedStatus;
  readonly conditions?: readonly (RecordedCondition | string)[];
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly error: string | null;
}

/** The HPA's status without its conditions. */
export interface RecordedStatus {
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly lastScaleTime: number | null;
  readonly observedGeneration?: number;
  readonly currentMetrics: readonly MetricStatus[] | null;
}

/** A condition of the HPA. */
export interface RecordedCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: number | null;
}
