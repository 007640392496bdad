import type { ProcessStat } from './process-stat.ts';

/**
 * The processes of each container: those in the session of its main process, and the descendants of
 * all of them, wherever they went.
 *
 * @param mainPids - Main process of each container: it leads a session of its own.
 */
export function containerProcesses(
  stats: readonly ProcessStat[],
  mainPids: ReadonlySet<number>,
): ReadonlyMap<number, readonly ProcessStat[]> {
  const byPid = new Map(stats.map((stat) => [stat.pid, stat]));
  const owners = new Map<number, number | undefined>();
  const trees = new Map<number, ProcessStat[]>([...mainPids].map((pid) => [pid, []]));
  for (const stat of stats) {
    const owner = ownerOf(stat, { byPid, owners, mainPids });
    if (owner !== undefined) trees.get(owner)?.push(stat);
  }
  return trees;
}

interface Search {
  readonly byPid: ReadonlyMap<number, ProcessStat>;
  readonly owners: Map<number, number | undefined>;
  readonly mainPids: ReadonlySet<number>;
}

/** Walks up the parents to a process whose session is a container's; remembers what it found. */
function ownerOf(stat: ProcessStat, search: Search): number | undefined {
  const path: number[] = [];
  let owner: number | undefined;
  let current: ProcessStat | undefined = stat;
  while (current !== undefined && path.length < 1000) {
    if (search.mainPids.has(current.sessionId)) owner = current.sessionId;
    else if (search.owners.has(current.pid)) owner = search.owners.get(current.pid);
    else {
      path.push(current.pid);
      current = search.byPid.get(current.parentPid);
      continue;
    }
    break;
  }
  for (const pid of path) search.owners.set(pid, owner);
  return owner;
}
