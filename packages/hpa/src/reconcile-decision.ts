import type { ObjectEvent } from '@bellows/core';
import type { Decision, Proposal, UnwrittenOutcome } from './decision.ts';
import type { DecisionTrace } from './decision-trace.ts';
import type { HpaState } from './hpa-state.ts';

/** What {@link reconcileDecision} puts together. */
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

/** Makes a decision whose trace is worked out when it is first asked for: most of what it costs is spared otherwise. */
export function reconcileDecision(parts: DecisionParts): Decision {
  const { state, events, error, proposal = null, scaleWrite = null, unwritten = null } = parts;
  let trace: DecisionTrace | undefined;
  return {
    state,
    scaleWrite,
    status: state.status,
    conditions: state.status.conditions,
    events,
    error,
    proposal,
    unwritten,
    trace: () => (trace ??= parts.trace()),
  };
}
