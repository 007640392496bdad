import { isMainThread } from 'node:worker_threads';
import { createAdmin } from './admin/admin-capability.ts';
import { createChecks } from './checks/check-capability.ts';
import { createCluster } from './cluster/cluster-capability.ts';
import { createDrain } from './drain/drain-capability.ts';
import { createHttp } from './http/http-capability.ts';
import { createInstruments } from './instruments/instrument-capability.ts';
import { whenEnded } from './http/request-end.ts';
import type { Kit } from './kit.ts';
import { createKitContext, type KitContext } from './kit-context.ts';
import { createLifecycle } from './lifecycle.ts';
import type { KitOptions } from './options/kit-options.ts';
import { createGuards } from './guards/guard-capability.ts';
import { createLimits } from './limit/limit-capability.ts';
import { createScopes } from './scope/scope-capability.ts';
import { createQueues } from './queue/queue-capability.ts';
import { noteKitInCode } from './register/kit-in-code.ts';
import { measureRuntime } from './runtime-metrics/runtime-metrics-capability.ts';
import { joinMainThread } from './worker-threads/thread-capability.ts';
import { drainThreads } from './worker-threads/threads-drainable.ts';
import { followSignals } from './shutdown/signal-capability.ts';

/**
 * Creates a kit. It does nothing until `start`; the environment is read here.
 * @throws BellowsError `ERR_KIT_OPTION` naming the option, its range and what came.
 * @example
 * ```ts
 * const kit = createKit();
 * const server = createServer(handler);
 * kit.attach(server);
 * await kit.start();
 * server.listen(8080, () => kit.ready());
 * ```
 */
export function createKit(options: KitOptions = {}): Kit {
  noteKitInCode();
  return assembleKit(createKitContext(options));
}

/**
 * Makes a kit of its capabilities. A capability is a function that takes what all share ({@link KitContext}), registers
 * its part in the start, the drain and the stop, and returns its methods of the kit. Their order here is the order of
 * the start.
 */
export function assembleKit(context: KitContext): Kit {
  const lifecycle = createLifecycle(context);
  measureRuntime(context);
  const drainPart = createDrain(context);
  const { drain, drainSignal, onClose } = drainPart;
  followSignals(context, { ...drainPart, stop: lifecycle.stop });
  const http = createHttp(context, drainPart.cut);
  const checks = createChecks(context);
  const admin = isMainThread
    ? createAdmin(context, { drain, ...createCluster(context, checks) })
    : joinMainThread(context, { drain, stop: lifecycle.stop });
  if (isMainThread) drainThreads(context);
  const kit = combine(
    lifecycle,
    { drain, drainSignal, onClose },
    createInstruments(context),
    http,
    createQueues(context),
    checks,
    createScopes(context, http),
    createGuards(context, http),
    createLimits(context, { ...http, whenEnded }),
    admin,
  );
  context.onStart(context.started.open);
  context.onStop(context.started.shut);
  return kit;
}

/** One object with the members of all parts, getters included, which a spread would read once and freeze. */
function combine<Parts extends readonly object[]>(...parts: Parts): Combined<Parts> {
  const whole = {};
  for (const part of parts) Object.defineProperties(whole, Object.getOwnPropertyDescriptors(part));
  return whole as Combined<Parts>;
}

type Combined<Parts extends readonly object[]> = Parts extends readonly [
  infer First,
  ...infer Rest extends readonly object[],
]
  ? First & Combined<Rest>
  : unknown;
