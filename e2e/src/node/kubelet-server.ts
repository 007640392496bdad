import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { contentTypeOf, TEXT_FORMAT, writeExposition } from '@bellows/exposition';
import type { KubernetesClient } from '@bellows/kubernetes';
import { answerContainerLogs } from './container-logs.ts';
import type { LogBuffer } from './log-buffer.ts';
import { KUBELET_PORT, type NodeOptions } from './node-options.ts';
import { requestAccess } from './request-access.ts';
import { resourceMetrics, type PodUsage } from './resource-metrics.ts';

/** What a kubelet's server answers from. */
export interface KubeletServerOptions {
  readonly client: KubernetesClient;
  readonly options: NodeOptions;
  /** The log of a container; undefined for one that is not on this node. */
  readonly log: (namespace: string, pod: string, container: string) => LogBuffer | undefined;
  readonly usage: () => readonly PodUsage[];
}

/** The HTTPS server of a node. */
export interface KubeletServer {
  start(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
}

/**
 * Makes the server that the API server and scrapers ask: `/containerLogs/…` and `/metrics/resource`, for those whom the API
 * server lets read `nodes/proxy` or `nodes/metrics`; `/healthz` for anybody.
 */
export function createKubeletServer(parts: KubeletServerOptions): KubeletServer {
  const { tls, node } = parts.options;
  let server: Server | undefined;
  return {
    async start() {
      server = createServer(
        {
          cert: readFileSync(tls.certificate),
          key: readFileSync(tls.key),
          ca: readFileSync(tls.authority),
          requestCert: true,
          // A token will do as well.
          rejectUnauthorized: false,
        },
        (request, response) => {
          answer(parts, request, response).catch(() => {
            if (!response.headersSent) response.writeHead(500);
            response.end();
          });
        },
      );
      server.listen(KUBELET_PORT, node.address);
      await once(server, 'listening');
    },
    async stop() {
      if (server?.listening !== true) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(
  parts: KubeletServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://kubelet').pathname;
  if (path === '/healthz') {
    response.end('ok');
    return;
  }
  const { name } = parts.options.node;
  const subresource = path.startsWith('/metrics') ? 'metrics' : 'proxy';
  const access = await requestAccess(parts.client, request, { name, subresource });
  if (access !== 200) {
    response.writeHead(access).end();
    return;
  }
  const [, root, ...rest] = path.split('/').map(decodeURIComponent);
  if (root === 'containerLogs') {
    const log = parts.log(rest[0] ?? '', rest[1] ?? '', rest[2] ?? '');
    if (log !== undefined) {
      answerContainerLogs(request, response, log);
      return;
    }
  }
  if (path === '/metrics/resource') {
    response.setHeader('Content-Type', contentTypeOf(TEXT_FORMAT));
    response.end(writeExposition(resourceMetrics(parts.usage(), Date.now())));
    return;
  }
  response.writeHead(404).end('not found\n');
}
