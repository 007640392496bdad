import type { LoopState } from '../admin/loop-state.ts';

/** What a child of a cluster tells of itself. */
export interface MemberState extends LoopState {
  /** Whether a debugger may hold its main loop. */
  readonly debuggerAttached: boolean;
}
