import type { DecisionRecord } from '@bellows/core';
import { counterfactuals, type DecisionBasis } from './counterfactuals.ts';
import { decide } from './decide.ts';
import { toDecisionRecord } from './decision-record.ts';
import { nextChange } from './next-change.ts';
import { failScaleWrite } from './scale-write.ts';

/** What {@link explainDecision} works from. */
export interface ExplainDecisionInput extends DecisionBasis {
  /** Who decided, for the record. */
  readonly source: DecisionRecord['source'];
  /** Why the scale could not be written, if it could not. */
  readonly writeError?: string;
}

/**
 * Decides again from what a decision was made from, and says all there is to say: the record, when the count
 * can change next and what would have to be true, and what single things changed.
 *
 * @throws BellowsError as `decide`.
 */
export function explainDecision(input: ExplainDecisionInput): DecisionRecord {
  const { autoscaler, observation, state, nowMs, source, writeError } = input;
  const decided = decide(autoscaler, observation, state, nowMs);
  const decision =
    writeError === undefined || decided.scaleWrite === null
      ? decided
      : failScaleWrite(decided, writeError);
  return {
    ...toDecisionRecord({ autoscaler, observation, decision, nowMs, source }),
    next: nextChange({ autoscaler, decision, nowMs }),
    counterfactuals: counterfactuals(input),
  };
}
