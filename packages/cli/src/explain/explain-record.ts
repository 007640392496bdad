import { BellowsError, type DecisionRecord } from '@bellows/core';
import { explainDecision, PROFILE_1_37, readBasis, type HpaSpec } from '@bellows/hpa';
import { runError } from './read-run.ts';

/** What {@link explainRecord} may do otherwise than the run did. */
export interface ExplainRecordOptions {
  /** Time between two decisions, in seconds. @defaultValue that of the record's profile, which is 15 where it has none */
  readonly syncPeriodSeconds?: number;
  /** Changes the spec. @defaultValue it stays */
  readonly changeSpec?: (spec: HpaSpec) => HpaSpec;
}

/**
 * Makes a recorded decision again from what it was made from, with all that can be said about it.
 *
 * @throws BellowsError `ERR_CLI_RUN` if the record does not hold what it was made from.
 */
export function explainRecord(
  record: DecisionRecord,
  options: ExplainRecordOptions = {},
): DecisionRecord {
  const { changeSpec } = options;
  const basis = readBasis(record);
  if (basis === undefined) {
    throw runError(
      'Expected a decision with what it was made from, the record does not hold it',
      'It is of an earlier version of Bellows: record a run with this one (bellows up)',
    );
  }
  const { profile = PROFILE_1_37 } = basis.autoscaler;
  const { syncPeriodSeconds = profile.syncPeriodSeconds } = options;
  try {
    const autoscaler = {
      ...basis.autoscaler,
      spec: changeSpec?.(basis.autoscaler.spec) ?? basis.autoscaler.spec,
      profile: { ...profile, syncPeriodSeconds },
    };
    return explainDecision({ ...basis, autoscaler, source: record.source });
  } catch (error) {
    if (BellowsError.is(error)) throw error;
    // The file was changed by hand: the shape of what it holds is not checked field by field.
    const cause = error instanceof Error ? error.message : String(error);
    throw runError(
      `Expected a decision that can be made again, the record is damaged: ${cause}`,
      'Give a file as bellows up has written it',
    );
  }
}

/** Time between a decision and its neighbour, in whole seconds; undefined for an only one. */
export function syncPeriodOf(
  decisions: readonly DecisionRecord[],
  record: DecisionRecord,
): number | undefined {
  const index = decisions.indexOf(record);
  const neighbour = decisions[index - 1] ?? decisions[index + 1];
  if (neighbour === undefined) return undefined;
  return Math.max(1, Math.round(Math.abs(record.atMs - neighbour.atMs) / 1000));
}
