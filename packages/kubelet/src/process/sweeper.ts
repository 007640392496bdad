import { findByEnvironment, sendSignal } from '../../runtime/pod-processes.cjs';
import { containerProcesses } from './process-tree.ts';
import { readProcessStats } from './process-stat.ts';

const ROUND_MS = 20;
/** A process that cannot die within so many rounds waits in the kernel: it is given up. */
const MAX_ROUNDS = 50;

/** What is left of a container: its session, and the mark its processes carry. */
export interface Remains {
  /** Main process of the container; it led a session and a group of the same number. */
  readonly mainPid: number;
  /** `NAME=VALUE` in the environment of all its processes. */
  readonly mark: string;
}

/** Ends what containers leave behind. */
export interface Sweeper {
  /**
   * Kills the group, the session, the descendants and whatever carries the mark; resolves when none is left.
   * Several containers that end together share each look at the machine's processes. The same object again
   * while it is being swept gives the same promise.
   */
  sweep(remains: Remains): Promise<void>;
}

interface Job {
  rounds: number;
  readonly over: Promise<void>;
  readonly done: () => void;
}

/** Creates a sweeper. */
export function createSweeper(): Sweeper {
  const jobs = new Map<Remains, Job>();
  let timer: NodeJS.Timeout | undefined;
  const round = (): void => {
    timer = undefined;
    const left = killAll([...jobs.keys()]);
    for (const [remains, job] of jobs) {
      job.rounds += 1;
      if (left.has(remains) && job.rounds < MAX_ROUNDS) continue;
      jobs.delete(remains);
      job.done();
    }
    if (jobs.size > 0) timer = setTimeout(round, ROUND_MS);
  };
  return {
    sweep(remains) {
      sendSignal(-remains.mainPid, 'SIGKILL');
      const known = jobs.get(remains);
      if (known !== undefined) return known.over;
      let done: () => void = () => undefined;
      const over = new Promise<void>((resolve) => {
        done = resolve;
      });
      jobs.set(remains, { rounds: 0, over, done });
      timer ??= setTimeout(round, 0);
      return over;
    },
  };
}

/** Kills what it finds, and says of which containers there was something. */
function killAll(all: readonly Remains[]): Set<Remains> {
  const trees = containerProcesses(readProcessStats(), new Set(all.map(({ mainPid }) => mainPid)));
  const marked = findByEnvironment(all.map(({ mark }) => mark));
  const left = all.filter((remains) => {
    const pids = [
      ...(trees.get(remains.mainPid) ?? []).map(({ pid }) => pid),
      ...marked.filter(({ mark }) => mark === remains.mark).map(({ pid }) => pid),
    ];
    for (const pid of pids) sendSignal(pid, 'SIGKILL');
    return pids.length > 0;
  });
  return new Set(left);
}
