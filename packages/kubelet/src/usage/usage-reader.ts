import { missing, observed, type Observed } from '@bellows/core';
import { containerProcesses } from '../process/process-tree.ts';
import { readProcessMemory, readProcessStats, type ProcessStat } from '../process/process-stat.ts';
import { UsageAccount } from './usage-account.ts';

/** A reading is used again for so long, in milliseconds. */
export const READING_LIFETIME_MS = 900;

/** What the processes of a container use. */
export interface ProcessUsage {
  readonly cpuSecondsTotal: Observed<number>;
  readonly memoryWorkingSetBytes: Observed<number>;
}

/** Reads what process trees use; see {@link createUsageReader}. */
export interface UsageReader {
  /** Starts the account of the tree below `mainPid`. */
  add(mainPid: number): void;
  remove(mainPid: number): void;
  /** What the tree uses; missing for one that was not added or is gone. */
  read(mainPid: number): ProcessUsage;
}

/**
 * Creates a reader that looks at all processes of this machine once, at most every
 * {@link READING_LIFETIME_MS}, for all containers together.
 *
 * Memory is the sum of the processes' own pages, and once the largest set of file pages among them: what
 * a memory cgroup would charge, since processes of one program share its pages.
 */
export function createUsageReader(nowMs: () => number = Date.now): UsageReader {
  const accounts = new Map<number, UsageAccount>();
  let trees: ReadonlyMap<number, readonly ProcessStat[]> = new Map();
  let takenAtMs = Number.NEGATIVE_INFINITY;
  const refresh = (): void => {
    takenAtMs = nowMs();
    trees = containerProcesses(readProcessStats(), new Set(accounts.keys()));
    for (const [pid, account] of accounts) account.observe(trees.get(pid) ?? []);
  };
  return {
    add(mainPid) {
      accounts.set(mainPid, new UsageAccount());
    },
    remove(mainPid) {
      accounts.delete(mainPid);
    },
    read(mainPid) {
      const account = accounts.get(mainPid);
      if (account === undefined) return unreadable();
      if (nowMs() - takenAtMs >= READING_LIFETIME_MS || !trees.has(mainPid)) refresh();
      const processes = trees.get(mainPid) ?? [];
      if (processes.length === 0) return unreadable();
      return {
        cpuSecondsTotal: observed(account.cpuSecondsTotal, takenAtMs),
        memoryWorkingSetBytes: workingSet(processes, nowMs()),
      };
    },
  };
}

function unreadable(): ProcessUsage {
  const reason =
    process.platform === 'linux'
      ? 'container has no running process'
      : 'process usage is read from /proc, which only Linux has';
  return { cpuSecondsTotal: missing(reason), memoryWorkingSetBytes: missing(reason) };
}

function workingSet(processes: readonly ProcessStat[], atMs: number): Observed<number> {
  const memories = processes
    .map((process) => readProcessMemory(process.pid))
    .filter((memory) => memory !== undefined);
  if (memories.length === 0) return missing('container has no running process');
  const ownBytes = memories.reduce((sum, memory) => sum + memory.privateBytes, 0);
  return observed(ownBytes + Math.max(...memories.map((memory) => memory.sharedBytes)), atMs);
}
