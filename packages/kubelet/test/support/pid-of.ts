import type { ChildProcess } from 'node:child_process';

/** The id of a child that was started; never 0, which would mean this very process group to `kill`. */
export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the child was not started');
  return child.pid;
}
