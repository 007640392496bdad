import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { startHeartbeat, type HeartbeatTimer } from '../memory/heartbeat.ts';
import { AdminServer } from './admin-server.ts';
import { WORKER_SOURCE } from './worker-bundle.ts';

/**
 * Serves probes and metrics, and `/drain`.
 * @param drain - Called when somebody asks for it there.
 */
export function createAdmin(context: KitContext, drain: Kit['drain']): Pick<Kit, 'adminAddress'> {
  const { options, control, checks, registry, log } = context;
  const restarts = registry.counter({
    name: 'bellows_admin_worker_restarts_total',
    help: 'New admin worker threads after one that died.',
  });
  const server = new AdminServer({
    config: {
      host: options.adminHost,
      port: options.adminPort,
      livenessStallMs: options.livenessStallSeconds * 1000,
      readinessStallMs: options.readinessStallSeconds * 1000,
      readinessWhileDraining: options.readinessWhileDraining,
      drainToken: options.drainToken,
    },
    control,
    checks,
    journal: registry.journal,
    workerSource: options.adminWorker ? WORKER_SOURCE : undefined,
    onDrain: () => void drain('/drain'),
    log,
    onRestart: () => {
      restarts.inc();
    },
  });
  let heartbeat: HeartbeatTimer | undefined;
  context.onStart(() => {
    heartbeat = startHeartbeat(control);
    return server.start();
  });
  context.onStop(() => {
    heartbeat?.stop();
    return server.stop();
  });
  return {
    get adminAddress() {
      return server.address;
    },
  };
}
