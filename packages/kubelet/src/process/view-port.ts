import { podOwner, type PortView } from './explain-port.ts';
import { holdersOf, readListeners } from './listeners.ts';
import { readProcessStats } from './process-stat.ts';
import { containerProcesses } from './process-tree.ts';

/** A pod, as far as its sockets are concerned. */
export interface PodSockets {
  readonly name: string;
  readonly address: string;
  /** Main processes of its containers. */
  readonly mainPids: readonly number[];
}

/**
 * Looks up who listens on a port where it could concern the pod asked for (at its address, on every
 * address, on localhost), and whose process that is.
 *
 * @param pods - All pods, also the one asked for.
 */
export function viewPort(
  asked: Pick<PortView, 'pod' | 'podAddress' | 'port'>,
  pods: readonly PodSockets[],
): PortView {
  const foreign = new Set(pods.map(({ address }) => address));
  foreign.delete(asked.podAddress);
  const listeners = readListeners().filter(
    ({ port, address }) => port === asked.port && !foreign.has(address),
  );
  if (listeners.length === 0) return { ...asked, holders: [] };
  const trees = containerProcesses(
    readProcessStats(),
    new Set(pods.flatMap(({ mainPids }) => mainPids)),
  );
  // The pod itself first: it is the likeliest, and looking at a process's files takes its time.
  const likelyFirst = [...pods].sort(
    (a, b) => Number(b.name === asked.pod) - Number(a.name === asked.pod),
  );
  const ownerOf = (inode: number): string | undefined => {
    // This process holds the sockets of the Services.
    if (holdersOf(new Set([inode]), [process.pid]).length > 0) return 'a Service of this run';
    const pod = likelyFirst.find(({ mainPids }) => {
      const pids = mainPids.flatMap((pid) => (trees.get(pid) ?? []).map((stat) => stat.pid));
      return holdersOf(new Set([inode]), pids).length > 0;
    });
    return pod === undefined ? undefined : podOwner(pod.name);
  };
  return {
    ...asked,
    holders: listeners.map((listener) => ({ listener, owner: ownerOf(listener.inode) })),
  };
}
