import type { ControlBlock } from '../memory/control-block.ts';

/**
 * Gives what begins now a deadline, which the admin thread watches: should the main loop be stuck then, nothing on it
 * can act.
 * @returns a function that takes it back, unless another one was set since.
 */
export function armDrainDeadline(control: ControlBlock, budgetMs: number): () => void {
  const deadlineNs = process.hrtime.bigint() + BigInt(Math.ceil(budgetMs)) * 1_000_000n;
  control.deadlineNs = deadlineNs;
  return () => {
    if (control.deadlineNs === deadlineNs) control.deadlineNs = undefined;
  };
}
