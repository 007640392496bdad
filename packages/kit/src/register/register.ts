import cluster from 'node:cluster';
import { isMainThread } from 'node:worker_threads';
import { assembleKit } from '../create-kit.ts';
import type { AttachableServer } from '../http/attachable-server.ts';
import type { Kit } from '../kit.ts';
import { createKitContext, type KitContext } from '../kit-context.ts';
import { describeServer } from './describe-server.ts';
import { drainBeforeHandlers } from './drain-before-handlers.ts';
import { findRoutes, type FoundFrameworks } from './find-routes.ts';
import { isKitInCode } from './kit-in-code.ts';
import { followThreadExits } from '../worker-threads/follow-thread-exits.ts';
import { openThreadChannel } from '../worker-threads/thread-message.ts';
import { SignalGate } from './signal-gate.ts';
import { takeOverServers } from './take-over-servers.ts';
import { messageOf } from '../message-of.ts';

/**
 * Makes this process a service with a kit, without its code knowing: servers are attached as they listen, the kit
 * starts with the first one and is ready when that one listens. A process that never serves HTTP, such as npm with
 * NODE_OPTIONS for its children, starts nothing.
 * @returns the kit, for code that wants to name a route or add a metric.
 * @throws BellowsError `ERR_KIT_OPTION` for a variable of the environment with a bad value.
 */
export function register(): Kit {
  const gate = new SignalGate();
  // Ended below, when the application's own handlers have had their turn.
  const context = createKitContext({ exitOnSignal: false }, gate);
  const kit = assembleKit(context);
  gate.install();
  const serve = createStarter(context, kit, findRoutes(kit));
  context.onStart(() => {
    drainBeforeHandlers(context.options, kit, gate);
  });
  takeOverServers(serve);
  startWithOthers(kit, context);
  return kit;
}

/**
 * The main thread of a cluster or of worker threads may serve no requests itself: its kit starts with the first child,
 * or when a thread's kit has.
 */
function startWithOthers(kit: Kit, { log, onStop }: KitContext): void {
  if (!isMainThread || !cluster.isPrimary) return;
  let isStarted = false;
  const start = (what: string): void => {
    if (isStarted || isKitInCode()) return;
    isStarted = true;
    kit.start().then(
      () => {
        kit.ready();
        log(`register: took over ${what}; ${describeAdmin(kit)}`);
      },
      (error: unknown) => {
        log(`register: the kit does not start, ${what} run without it: ${messageOf(error)}`);
      },
    );
  };
  cluster.once('fork', () => {
    start('the children of this cluster');
  });
  const channel = openThreadChannel(({ kind }) => {
    if (kind === 'here' && kit.adminAddress === undefined)
      start('the worker threads of this process');
  });
  // Threads that are made before the kit has started with the first of them.
  const unfollow = followThreadExits();
  onStop(() => {
    unfollow();
    channel.close();
  });
}

/** Attaches what is about to listen, and starts the kit with the first. Whatever fails leaves the service as it was. */
function createStarter(
  { log }: KitContext,
  kit: Kit,
  frameworks: FoundFrameworks,
): (server: AttachableServer) => void {
  let starting: Promise<boolean> | undefined;
  let isTold = false;
  const start = async (): Promise<boolean> => {
    try {
      await kit.start();
      return true;
    } catch (error) {
      log(`register: the kit does not start, the service runs without it: ${messageOf(error)}`);
      return false;
    }
  };
  const tell = (server: AttachableServer): void => {
    const routes = frameworks.size === 0 ? '' : `, routes from ${[...frameworks].join(' and ')}`;
    const admin = isMainThread ? describeAdmin(kit) : 'as a part of its process';
    log(`register: took over ${describeServer(server)}${routes}; ${admin}`);
    if (frameworks.size === 0 && !isTold && isFirstOfCluster()) log(ROUTE_REMEDY);
    isTold = true;
  };
  return (server) => {
    if (isKitInCode()) {
      if (!isTold) log('register: the service creates a kit itself, so its servers are left to it');
      isTold = true;
      return;
    }
    kit.attach(server);
    starting ??= start();
    const isStarted = starting;
    server.once('listening', () => {
      void isStarted.then((ok) => {
        if (!ok) return;
        kit.ready();
        tell(server);
      });
    });
  };
}

const ROUTE_REMEDY =
  'register: the label `route` is "unknown", since neither Express nor Fastify was found; ' +
  "import { kit } from '@bellows/kit/register' and name it: kit.setRoute(request, '/items/:id'), " +
  'Koa: app.use(nameKoaRoutes(kit)), Hono: app.use(nameHonoRoutes(kit)), Next.js: nameNextRoutes(kit, ".next")';

function describeAdmin({ adminAddress }: Kit): string {
  if (adminAddress === undefined) return 'probes and metrics are with the main thread';
  // A child of a cluster serves its primary alone, at a socket.
  return adminAddress.port === 0
    ? 'probes and metrics are with the primary'
    : `probes and metrics at port ${adminAddress.port}`;
}

/** The children of a cluster run the same code: one of them says what there is to say of it. */
function isFirstOfCluster(): boolean {
  return (cluster.worker?.id ?? 1) === 1;
}
