import type { HpaStatus } from './hpa-status.ts';

/** What an HPA carries from one decision to the next. Start with `createHpaState()`. */
export interface HpaState {
  /** The object's status; it outlives a restart of the controller. */
  readonly status: HpaStatus;
  /** What the controller remembers; a restart loses it. */
  readonly memory: HpaMemory;
}

/** The controller's memory of one HPA, in the controller's own order. */
export interface HpaMemory {
  /** Null until the first reconcile that could read the scale. */
  readonly recommendations: readonly Recommendation[] | null;
  /** Kept only with `spec.behavior`; slots of outdated ones are used again, so not in order of time. */
  readonly scaleUpEvents: readonly ScaleEventMemory[];
  /** As `scaleUpEvents`, for the other direction. */
  readonly scaleDownEvents: readonly ScaleEventMemory[];
}

/** A replica count that the metrics asked for, before stabilization. */
export interface Recommendation {
  /** Time of its decision, in milliseconds since the epoch. */
  readonly atMs: number;
  /** 0 or more; for the first of all, the count that was found. */
  readonly replicas: number;
}

/** A change of replicas that scaling policies look back at. */
export interface ScaleEventMemory {
  /** Time of its decision, in milliseconds since the epoch. */
  readonly atMs: number;
  /** Replicas added or removed, positive. */
  readonly replicaChange: number;
  /** It was older than the longest policy period once; its slot may be reused. */
  readonly outdated: boolean;
}

const EMPTY_MEMORY: HpaMemory = Object.freeze({
  recommendations: null,
  scaleUpEvents: Object.freeze([]),
  scaleDownEvents: Object.freeze([]),
});

const EMPTY_STATUS: HpaStatus = Object.freeze({
  currentReplicas: 0,
  desiredReplicas: 0,
  lastScaleTimeMs: null,
  currentMetrics: null,
  conditions: Object.freeze([]),
});

/** Makes the state of an HPA that was just created, unknown to the controller. */
export function createHpaState(): HpaState {
  return { status: EMPTY_STATUS, memory: EMPTY_MEMORY };
}

/** Returns the state after a restart of the controller: the status stays, the memory is gone. */
export function forgetMemory(state: HpaState): HpaState {
  return { status: state.status, memory: EMPTY_MEMORY };
}
