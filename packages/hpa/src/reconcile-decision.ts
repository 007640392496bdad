import type { Condition, ObjectEvent } from '@bellows/core';
import type { Decision, Proposal, UnwrittenOutcome } from './decision.ts';
import type { DecisionTrace } from './decision-trace.ts';
import type { HpaState } from './hpa-state.ts';
import type { HpaStatus } from './hpa-status.ts';

/** What a {@link ReconcileDecision} is made of. */
export interface DecisionParts {
  readonly state: HpaState;
  readonly events: readonly ObjectEvent[];
  readonly error: string | null;
  /** @defaultValue null */
  readonly proposal?: Proposal | null;
  /** @defaultValue null */
  readonly scaleWrite?: number | null;
  /** @defaultValue null */
  readonly unwritten?: UnwrittenOutcome | null;
  /** Makes the trace; called once at most. */
  readonly trace: () => DecisionTrace;
}

/** A decision whose trace is made when it is first asked for: most of what it costs is spared otherwise. */
export class ReconcileDecision implements Decision {
  readonly state: HpaState;
  readonly scaleWrite: number | null;
  readonly status: HpaStatus;
  readonly conditions: readonly Condition[];
  readonly events: readonly ObjectEvent[];
  readonly error: string | null;
  readonly proposal: Proposal | null;
  readonly unwritten: UnwrittenOutcome | null;
  #trace: DecisionTrace | (() => DecisionTrace);

  constructor(parts: DecisionParts) {
    const { state, events, error, proposal = null, scaleWrite = null, unwritten = null } = parts;
    this.state = state;
    this.scaleWrite = scaleWrite;
    this.status = state.status;
    this.conditions = state.status.conditions;
    this.events = events;
    this.error = error;
    this.proposal = proposal;
    this.unwritten = unwritten;
    this.#trace = parts.trace;
  }

  get trace(): DecisionTrace {
    if (typeof this.#trace === 'function') this.#trace = this.#trace();
    return this.#trace;
  }
}
