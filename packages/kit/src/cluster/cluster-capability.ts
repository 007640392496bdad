import cluster, { type Worker } from 'node:cluster';
import { isMainThread } from 'node:worker_threads';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { ClusterDrainable } from './cluster-drainable.ts';
import { makeMemberFolder } from './member-folder.ts';
import { messageOf } from '../message-of.ts';

/** What the primary's main thread does for its children. */
export interface ClusterPart {
  /** Ends a child whose loop is stuck, and forks another unless the service does. */
  readonly replace: (pid: number) => void;
}

/**
 * Makes one service of a cluster: in the primary, children are seen to, drained and replaced; in a child, the drain
 * ends with leaving the cluster. In a process without a cluster it does nothing.
 */
export function createCluster(context: KitContext, { ready }: Pick<Kit, 'ready'>): ClusterPart {
  if (!isMainThread) return { replace: () => undefined };
  if (cluster.isWorker) leaveAfterDrain(context);
  else {
    context.onStart(() => {
      servePrimary(context, ready);
    });
  }
  return {
    replace: (pid) => {
      replaceChild(context, pid);
    },
  };
}

function leaveAfterDrain({ drainables, onStop }: KitContext): void {
  onStop(() => {
    // The channel to the primary would else keep this process.
    if (drainables.isDraining && cluster.worker?.isConnected() === true)
      cluster.worker.disconnect();
  });
}

function servePrimary(context: KitContext, ready: () => void): void {
  let removeFolder: (() => void) | undefined;
  const onFork = (): void => {
    if (removeFolder !== undefined) return;
    try {
      removeFolder = makeMemberFolder();
    } catch (error) {
      removeFolder = () => undefined;
      context.log(`the children's metrics and probes stay apart: ${messageOf(error)}`);
    }
    context.drainables.add(new ClusterDrainable(context.changes));
    // It has no server of its own: from here on its readiness is that of its children.
    ready();
  };
  if (Object.keys(cluster.workers ?? {}).length > 0) onFork();
  cluster.on('fork', onFork);
  context.onStop(() => {
    cluster.off('fork', onFork);
    removeFolder?.();
  });
}

function replaceChild({ log, drainables }: KitContext, pid: number): void {
  const child = childrenOf().find((worker) => worker.process.pid === pid);
  if (child === undefined || drainables.isDraining) return;
  log(`cluster: the event loop of child ${pid} is stuck; it is ended and replaced`);
  const wanted = childrenOf().length;
  child.once('exit', () => {
    // After the handlers of the service, which may have forked one already.
    setImmediate(() => {
      if (childrenOf().length < wanted && !drainables.isDraining) cluster.fork();
    });
  });
  child.process.kill('SIGKILL');
}

/** The children that live: Node lists one that has ended until its channel is closed, too. */
function childrenOf(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter(
    (worker) => worker !== undefined && !worker.isDead(),
  ) as Worker[];
}
