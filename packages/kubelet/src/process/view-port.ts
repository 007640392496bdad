import type { PortView } from './explain-port.ts';
import { holdersOf, readListeners } from './listeners.ts';
import { readProcessStats } from './process-stat.ts';
import { containerProcesses } from './process-tree.ts';

/**
 * Looks up who listens on a port, and to which pod that process belongs.
 *
 * @param pidsByPod - Main processes of the containers of each pod.
 */
export function viewPort(
  asked: Pick<PortView, 'pod' | 'podAddress' | 'port'>,
  pidsByPod: ReadonlyMap<string, readonly number[]>,
): PortView {
  const listeners = readListeners().filter(({ port }) => port === asked.port);
  if (listeners.length === 0) return { ...asked, holders: [] };
  const trees = containerProcesses(readProcessStats(), new Set([...pidsByPod.values()].flat()));
  const podOf = (inode: number): string | undefined =>
    [...pidsByPod].find(([, mainPids]) => {
      const pids = mainPids.flatMap((pid) => (trees.get(pid) ?? []).map((stat) => stat.pid));
      return holdersOf(new Set([inode]), pids).length > 0;
    })?.[0];
  return {
    ...asked,
    holders: listeners.map((listener) => ({ listener, pod: podOf(listener.inode) })),
  };
}
