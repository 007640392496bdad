import { BellowsError } from '@bellows/core';
import type { Drainable } from '../drain/drainable.ts';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import {
  protocolsOf,
  type AttachableServer,
  type HttpTimeouts,
  type Protocols,
} from './attachable-server.ts';
import { Http2ServerTracker } from './http2-server-tracker.ts';
import { HttpMetrics } from './http-metrics.ts';
import { HttpServerTracker } from './http-server-tracker.ts';
import { armDeadline, timeLeftSeconds } from './request-deadline.ts';
import { recordOf, type AnyRequest } from './request-record.ts';
import { answerShed } from './shed-response.ts';

/** Node's own `keepAliveTimeout`, in milliseconds: a server that still has it was not told otherwise. */
const NODE_KEEP_ALIVE_TIMEOUT_MS = 5_000;

/**
 * Follows servers and their requests.
 * @param cut - Aborts when the drain cuts what is left: the signal of requests that no attached server took.
 */
export function createHttp(
  context: KitContext,
  cut: AbortSignal,
): Pick<Kit, 'attach' | 'setRoute' | 'abortSignal' | 'timeLeftSeconds' | 'shed'> {
  const { options, registry, drainables } = context;
  const metrics = new HttpMetrics(registry, options.maxSeriesPerMetric);
  const attached = new Set<AttachableServer>();
  const http1: HttpServerTracker[] = [];
  const onChange = (): void => {
    context.changes.ring();
  };

  const follow = (tracker: Drainable & { detach(): void }): void => {
    drainables.add(tracker);
    context.onStop(() => {
      if (!drainables.isDraining) tracker.detach();
    });
  };

  const timeLeft = (request: AnyRequest): number =>
    timeLeftSeconds(request, options.requestTimeoutSeconds);

  return {
    attach: (server) => {
      const protocols = requireServer(server);
      if (attached.has(server)) return;
      attached.add(server);
      if (protocols.http1 !== undefined) {
        const { webSocketCloseCode } = options;
        raiseKeepAlive(protocols.http1, options.keepAliveTimeoutSeconds);
        const tracker = new HttpServerTracker(server, metrics, onChange, { webSocketCloseCode });
        http1.push(tracker);
        follow(tracker);
      }
      if (protocols.http2 !== undefined) {
        follow(new Http2ServerTracker(protocols.http2, metrics, onChange));
      }
    },
    setRoute: (request, route) => {
      const record = recordOf(request);
      if (record !== undefined) record.route = route;
    },
    abortSignal: (request) => {
      const record = recordOf(request);
      if (record === undefined) {
        const socket = 'socket' in request ? request.socket : undefined;
        const signals = http1.map((tracker) => socket && tracker.upgradeSignal(socket));
        return signals.find((signal) => signal !== undefined) ?? cut;
      }
      if (record.controller === undefined) {
        record.controller = new AbortController();
        armDeadline(record, record.controller, timeLeft(request));
      }
      if (record.response.destroyed) record.controller.abort();
      return record.controller.signal;
    },
    timeLeftSeconds: timeLeft,
    shed: (response, reason) => {
      if (answerShed(response)) metrics.countShed(reason);
    },
  };
}

function raiseKeepAlive(server: HttpTimeouts, seconds: number): void {
  if (server.keepAliveTimeout === NODE_KEEP_ALIVE_TIMEOUT_MS) {
    server.keepAliveTimeout = seconds * 1000;
  }
}

function requireServer(server: unknown): Protocols {
  const protocols = protocolsOf(server);
  if (protocols !== undefined) return protocols;
  throw new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`server\` to be a server of node:http, node:https or node:http2, got \`${typeof server}\``,
    { place: { field: 'server' }, remedy: 'Attach what createServer returned.' },
  );
}
