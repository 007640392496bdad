import type { DecisionRecord } from '@bellows/core';

/** The record without what it was made from, which only the run's own file keeps: it grows with pods. */
export function withoutBasis(record: DecisionRecord): DecisionRecord {
  const told = { ...record };
  delete told.basis;
  return told;
}
