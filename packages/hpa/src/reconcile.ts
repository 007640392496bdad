import type { Condition, ObjectEvent } from '@bellows/core';
import type { Autoscaler } from './autoscaler.ts';
import {
  removeCondition,
  setCondition,
  type ConditionChange,
  type ConditionType,
} from './conditions.ts';
import type { HpaMemory, HpaState } from './hpa-state.ts';
import type { HpaStatus, MetricStatus } from './hpa-status.ts';
import type { Profile } from './profile.ts';

/** A copy of the state that one reconcile changes step by step; the state it came from stays as it is. */
export class Reconcile {
  readonly autoscaler: Autoscaler;
  readonly profile: Profile;
  readonly nowMs: number;
  memory: HpaMemory;
  readonly #events: ObjectEvent[] = [];
  readonly #before: HpaStatus;
  #conditions: readonly Condition[];

  constructor(autoscaler: Autoscaler, profile: Profile, state: HpaState, nowMs: number) {
    this.autoscaler = autoscaler;
    this.profile = profile;
    this.nowMs = nowMs;
    this.memory = state.memory;
    this.#before = state.status;
    this.#conditions = state.status.conditions;
  }

  /** Events so far. */
  get events(): readonly ObjectEvent[] {
    return [...this.#events];
  }

  /** Conditions as they are now. */
  get conditions(): readonly Condition[] {
    return this.#conditions;
  }

  /** `<Kind>/<namespace>/<name>` of the target. */
  get target(): string {
    const { spec, namespace } = this.autoscaler;
    return `${spec.scaleTargetRef.kind}/${namespace}/${spec.scaleTargetRef.name}`;
  }

  /** Emits a Warning. */
  warn(reason: string, message: string): void {
    this.#events.push({ type: 'Warning', reason, message });
  }

  /** Emits a Normal event. */
  report(reason: string, message: string): void {
    this.#events.push({ type: 'Normal', reason, message });
  }

  /** Changes a condition. */
  set(change: ConditionChange): void {
    this.#conditions = setCondition(this.#conditions, change, this.nowMs);
  }

  /** Removes a condition. */
  remove(type: ConditionType): void {
    this.#conditions = removeCondition(this.#conditions, type);
  }

  /** The state if only conditions changed. */
  stateWithConditions(): HpaState {
    return { status: { ...this.#before, conditions: this.#conditions }, memory: this.memory };
  }

  /**
   * The state after a reconcile that got as far as the metrics.
   *
   * @param outcome - `desiredReplicas` absent keeps the old one, `lastScaleTimeMs` absent too.
   * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go setStatus
   */
  state(outcome: {
    readonly currentReplicas: number;
    readonly desiredReplicas?: number;
    readonly lastScaleTimeMs?: number;
    readonly currentMetrics: readonly MetricStatus[] | null;
  }): HpaState {
    const status: HpaStatus = {
      currentReplicas: outcome.currentReplicas,
      desiredReplicas: outcome.desiredReplicas ?? this.#before.desiredReplicas,
      lastScaleTimeMs: outcome.lastScaleTimeMs ?? this.#before.lastScaleTimeMs,
      ...(this.profile.featureGates.HPAGeneration && {
        observedGeneration: this.autoscaler.generation ?? 1,
      }),
      currentMetrics: outcome.currentMetrics,
      conditions: this.#conditions,
    };
    return { status, memory: this.memory };
  }
}
