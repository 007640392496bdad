import cluster from 'node:cluster';
import { isMainThread } from 'node:worker_threads';
import { findMemberSocket, memberFolderOf } from '../cluster/member-folder.ts';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { misspeltVariables } from '../options/misspelt-variables.ts';
import { startHeartbeat, type HeartbeatTimer } from '../memory/heartbeat.ts';
import { AdminServer } from './admin-server.ts';
import { WORKER_SOURCE } from './worker-bundle.ts';

/** What asks the main thread for something. */
export interface AdminActions {
  /** Called when somebody asks for the drain at `/drain`. */
  readonly drain: Kit['drain'];
  /** Called with the process id of a cluster's child whose loop is stuck. */
  readonly replace: (pid: number) => void;
}

/** Serves probes and metrics, and `/drain`; in a cluster, all of them at its primary. */
export function createAdmin(
  context: KitContext,
  { drain, replace }: AdminActions,
): Pick<Kit, 'adminAddress'> {
  const { options, control, checks, registry, log } = context;
  const restarts = registry.counter({
    name: 'bellows_admin_worker_restarts_total',
    help: 'New admin worker threads after one that died.',
  });
  const createServer = (memberSocket: string | undefined): AdminServer =>
    new AdminServer({
      config: {
        host: options.adminHost,
        port: options.adminPort,
        livenessStallMs: options.livenessStallSeconds * 1000,
        readinessStallMs: options.readinessStallSeconds * 1000,
        readinessWhileDraining: options.readinessWhileDraining,
        drainToken: options.drainToken,
        memberSocket,
        membersFolder: isMainThread && cluster.isPrimary ? memberFolderOf(process.pid) : undefined,
      },
      control,
      checks,
      journal: registry.journal,
      workerSource: options.adminWorker ? WORKER_SOURCE : undefined,
      onDrain: () => void drain('/drain'),
      onStuck: replace,
      log,
      onRestart: () => {
        restarts.inc();
      },
    });
  let server: AdminServer | undefined;
  let heartbeat: HeartbeatTimer | undefined;
  let isStopped = false;
  context.onStart(async () => {
    heartbeat = startHeartbeat(control);
    const memberSocket = await findMemberSocket();
    if (isStopped) return;
    sayMisspeltVariables(context, memberSocket !== undefined);
    server = createServer(memberSocket);
    await server.start();
  });
  context.onStop(async () => {
    isStopped = true;
    heartbeat?.stop();
    await server?.stop();
  });
  return {
    get adminAddress() {
      return server?.address;
    },
  };
}

/**
 * Said once, though each process of a cluster has the same environment: by the primary or, where that has no kit, by
 * the first child.
 */
function sayMisspeltVariables({ log }: KitContext, hasPrimary: boolean): void {
  if (hasPrimary || (cluster.worker?.id ?? 1) !== 1) return;
  for (const line of misspeltVariables(process.env)) log(line);
}
