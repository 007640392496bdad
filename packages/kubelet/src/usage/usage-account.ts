import type { ProcessStat } from '../process/process-stat.ts';
import { TICKS_PER_SECOND } from '../process/process-stat.ts';

interface Entry {
  parentPid: number;
  ownTicks: number;
  childTicks: number;
  /** Ticks of ended children that are counted already, but that `childTicks` has not brought yet. */
  creditTicks: number;
  /** The last look that saw it. */
  seenAt: number;
}

/**
 * CPU time of a tree of processes: never falls, and counts each tick once.
 *
 * The system moves the time of a child into its parent's `childTicks` when the parent waits for it. A child
 * that was seen has been counted by then, so the parent gets a credit for it; what comes beyond the credit is
 * of children that lived between two looks. The time of a child that nobody waits for stays counted.
 */
export class UsageAccount {
  readonly #entries = new Map<number, Entry & { readonly startTicks: number }>();
  #totalTicks = 0;
  #looks = 0;

  /** Takes in the processes alive now. */
  observe(processes: readonly ProcessStat[]): void {
    this.#looks += 1;
    const fresh = processes.filter((process) => !this.#isKnown(process));
    for (const process of fresh) this.#forget(process.pid);
    for (const process of processes) this.#see(process);
    // Children stand after their parents: they hand their account on first.
    for (const [pid, entry] of [...this.#entries].reverse()) {
      if (entry.seenAt !== this.#looks) this.#forget(pid);
    }
    for (const process of processes) this.#countChildren(process);
  }

  /** Total so far, in seconds. */
  get cpuSecondsTotal(): number {
    return this.#totalTicks / TICKS_PER_SECOND;
  }

  #isKnown({ pid, startTicks }: ProcessStat): boolean {
    return this.#entries.get(pid)?.startTicks === startTicks;
  }

  #see({ pid, parentPid, startTicks, ownTicks }: ProcessStat): void {
    const entry = this.#entries.get(pid) ?? {
      startTicks,
      parentPid,
      ownTicks: 0,
      childTicks: 0,
      creditTicks: 0,
      seenAt: 0,
    };
    this.#totalTicks += Math.max(0, ownTicks - entry.ownTicks);
    this.#entries.set(pid, { ...entry, parentPid, ownTicks, seenAt: this.#looks });
  }

  /** It has ended: all that was counted of it will come again by its parent. */
  #forget(pid: number): void {
    const ended = this.#entries.get(pid);
    if (ended === undefined) return;
    this.#entries.delete(pid);
    const parent = this.#entries.get(ended.parentPid);
    if (parent === undefined) return;
    parent.creditTicks += ended.ownTicks + ended.childTicks + ended.creditTicks;
  }

  #countChildren({ pid, childTicks }: ProcessStat): void {
    const entry = this.#entries.get(pid);
    if (entry === undefined) return;
    const grownTicks = Math.max(0, childTicks - entry.childTicks);
    const knownTicks = Math.min(grownTicks, entry.creditTicks);
    entry.childTicks = Math.max(entry.childTicks, childTicks);
    entry.creditTicks -= knownTicks;
    this.#totalTicks += grownTicks - knownTicks;
  }
}
