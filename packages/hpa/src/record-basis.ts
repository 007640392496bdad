import type { DecisionRecord } from '@bellows/core';
import type { DecisionBasis } from './counterfactuals.ts';
import type { HpaState } from './hpa-state.ts';
import type { DecisionRecordInput } from './decision-record.ts';

/** What of a decision's basis a record does not say elsewhere. */
type StoredBasis = Pick<DecisionBasis, 'observation' | 'state'> &
  Pick<DecisionBasis['autoscaler'], 'spec' | 'generation' | 'profile'>;

/** Writes down what a decision was made from, so that it can be made again. */
export function basisOf(input: DecisionRecordInput, state: HpaState): StoredBasis {
  const { spec, generation, profile } = input.autoscaler;
  const { observation } = input;
  return {
    spec,
    ...(generation !== undefined && { generation }),
    ...(profile !== undefined && { profile }),
    observation,
    state,
  };
}

/**
 * Reads what a recorded decision was made from; undefined if the record does not hold it.
 *
 * What comes from a file is as the file says: `decide` refuses most of what cannot be, not all of it.
 */
export function readBasis(record: DecisionRecord): DecisionBasis | undefined {
  if (record.basis === undefined) return undefined;
  const { observation, state, ...rest } = record.basis as unknown as StoredBasis;
  return { autoscaler: { ...record.autoscaler, ...rest }, observation, state, nowMs: record.atMs };
}
