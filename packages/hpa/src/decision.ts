import type { Condition, ObjectEvent } from '@bellows/core';
import type { DecisionTrace } from './decision-trace.ts';
import type { HpaState } from './hpa-state.ts';
import type { HpaStatus } from './hpa-status.ts';

/** What one reconcile decided. */
export interface Decision {
  /** State for the next decision; right if the scale was written, or there was nothing to write. */
  readonly state: HpaState;
  /**
   * Replicas to write to the target's `scale.spec.replicas`, or null to leave it alone. If the write fails,
   * give the decision to `failScaleWrite` and go on with what it returns.
   */
  readonly scaleWrite: number | null;
  /** Same as `state.status`. */
  readonly status: HpaStatus;
  /** Same as `state.status.conditions`. */
  readonly conditions: readonly Condition[];
  /** In the order in which the controller emits them, repetitions included. */
  readonly events: readonly ObjectEvent[];
  /** What the reconcile returned as its error; it can come together with a scale write. */
  readonly error: string | null;
  /** Result over all metrics before stabilization and limits; null if there is none. */
  readonly proposal: Proposal | null;
  /**
   * Every step with its numbers. Worked out when it is first called, from what the decision was made of, so a decision
   * that nobody asks about does not pay for it; JSON leaves it out, as every function.
   */
  readonly trace: () => DecisionTrace;
  /** What holds instead if the write fails; null if there is none. Read by `failScaleWrite` alone. */
  readonly unwritten: UnwrittenOutcome | null;
}

/** Replicas that the metrics ask for, and the metric that asks for most. */
export interface Proposal {
  /** 0 or more. */
  readonly replicas: number;
  /** Metric's name as the HPA's messages spell it, such as `pods metric queue_length`. */
  readonly metric: string;
}

/** What holds before the scale was written. */
export interface UnwrittenOutcome {
  /** State for the next decision, but for the condition that tells of the failure. */
  readonly state: HpaState;
  /** Events before the write: neither of its success nor of its failure. */
  readonly events: readonly ObjectEvent[];
  /** Replicas that were to be written. */
  readonly replicas: number;
  /** Reason for the rescale, as in `New size: 4; reason: …`. */
  readonly reason: string;
  /** `<Kind>/<namespace>/<name>` of the target. */
  readonly target: string;
  /** Time of the decision, in milliseconds since the epoch. */
  readonly nowMs: number;
}
