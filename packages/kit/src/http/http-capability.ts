import {
  Server as HttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { Server as HttpsServer } from 'node:https';
import { BellowsError } from '@bellows/core';
import type { Kit } from '../kit.ts';
import type { KitContext } from '../kit-context.ts';
import { HttpMetrics } from './http-metrics.ts';
import { HttpServerTracker } from './http-server-tracker.ts';
import { recordOf } from './request-record.ts';
import type { ShedReason } from './shed-reason.ts';
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
): Pick<Kit, 'attach' | 'setRoute' | 'abortSignal' | 'shed'> {
  const { options, registry, drainables, changes } = context;
  const metrics = new HttpMetrics(registry, options.maxSeriesPerMetric);
  const trackers = new Map<Server | HttpsServer, HttpServerTracker>();
  context.onStop(() => {
    if (drainables.isDraining) return;
    for (const tracker of trackers.values()) tracker.detach();
  });

  const upgradeSignal = ({ socket }: IncomingMessage): AbortSignal | undefined => {
    for (const tracker of trackers.values()) {
      const signal = tracker.upgradeSignal(socket);
      if (signal !== undefined) return signal;
    }
    return undefined;
  };

  return {
    attach: (server) => {
      requireServer(server);
      if (trackers.has(server)) return;
      if (server.keepAliveTimeout === NODE_KEEP_ALIVE_TIMEOUT_MS) {
        server.keepAliveTimeout = options.keepAliveTimeoutSeconds * 1000;
      }
      const tracker = new HttpServerTracker(server, metrics, () => {
        changes.ring();
      });
      trackers.set(server, tracker);
      drainables.add(tracker);
    },
    setRoute: (request, route) => {
      const record = recordOf(request);
      if (record !== undefined) record.route = route;
    },
    abortSignal: (request) => {
      const record = recordOf(request);
      if (record === undefined) return upgradeSignal(request) ?? cut;
      record.controller ??= new AbortController();
      if (record.response.destroyed) record.controller.abort();
      return record.controller.signal;
    },
    shed: (response: ServerResponse, reason: ShedReason) => {
      if (answerShed(response)) metrics.countShed(reason);
    },
  };
}

function requireServer(server: unknown): void {
  if (server instanceof HttpServer || server instanceof HttpsServer) return;
  throw new BellowsError(
    'ERR_KIT_OPTION',
    `Expected \`server\` to be a server of node:http or node:https, got \`${typeof server}\``,
    { place: { field: 'server' }, remedy: 'Attach what http.createServer returned.' },
  );
}
