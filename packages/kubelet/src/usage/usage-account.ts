import type { ProcessStat } from '../process/process-stat.ts';
import { TICKS_PER_SECOND } from '../process/process-stat.ts';

/**
 * CPU time of a tree of processes that never falls.
 *
 * A child that ends moves its time into its parent's, so the sum over the living stays; but the time of one that
 * nobody waits for vanishes from the sum. So only growth of the sum is added up.
 */
export class UsageAccount {
  #totalTicks = 0;
  #lastSumTicks = 0;

  /** Takes in the processes alive now. */
  observe(processes: readonly ProcessStat[]): void {
    const sumTicks = processes.reduce((sum, process) => sum + process.cpuTicks, 0);
    this.#totalTicks += Math.max(0, sumTicks - this.#lastSumTicks);
    this.#lastSumTicks = sumTicks;
  }

  /** Total so far, in seconds. */
  get cpuSecondsTotal(): number {
    return this.#totalTicks / TICKS_PER_SECOND;
  }
}
