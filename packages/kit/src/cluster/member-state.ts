import type { Phase } from '../phase.ts';

/** How a child of the cluster is. */
export interface MemberState {
  /** Process id. */
  readonly pid: number;
  readonly phase: Phase;
  /** Time since its main loop last turned. */
  readonly heartbeatAgeMs: number;
}

/** What a child counts as: `stuck` whatever its phase when its loop does not turn. */
export type MemberCondition = Phase | 'stuck';

/** What a child counts as. @param stallMs - A loop that has not turned for longer is stuck. */
export function conditionOf(
  { phase, heartbeatAgeMs }: MemberState,
  stallMs: number,
): MemberCondition {
  return heartbeatAgeMs > stallMs ? 'stuck' : phase;
}
