import type { Phase } from '../phase.ts';

/** How one of several event loops is: that of a cluster's child, or of a worker thread. */
export interface LoopState {
  readonly phase: Phase;
  /** Time since it last turned; 0 while a debugger may hold it. */
  readonly heartbeatAgeMs: number;
}

/** The loops of one kind. */
export interface LoopGroup {
  /** What they are called: the name of their check, and a part of their metric's. */
  readonly name: 'children' | 'threads';
  readonly loops: readonly LoopState[];
}

/** What a loop counts as: `stuck` whatever its phase when it does not turn. */
export type LoopCondition = Phase | 'stuck';

/** What a loop counts as. @param stallMs - One that has not turned for longer is stuck. */
export function conditionOf({ phase, heartbeatAgeMs }: LoopState, stallMs: number): LoopCondition {
  return heartbeatAgeMs > stallMs ? 'stuck' : phase;
}
