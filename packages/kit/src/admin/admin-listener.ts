import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { markOwnServer } from './own-servers.ts';

/** What the admin port takes from outside: probes and scrapers need little, a flood gets no more. */
export const ADMIN_LIMITS = {
  /** Connections at once. */
  maxConnections: 256,
  /** Line and headers of a request: a scraper's bearer token fits, and half of Node's own limit is enough. */
  maxHeaderBytes: 8_192,
  headersTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
} as const;

/** A server that listens. */
export interface AdminListener {
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/**
 * Listens for probes and scrapes. Rejects with Node's error, such as `EADDRINUSE`.
 * @param host - Empty for all interfaces.
 */
export function listenForAdmin(
  handler: RequestListener,
  host: string,
  port: number,
): Promise<AdminListener> {
  const server = createServer(
    {
      maxHeaderSize: ADMIN_LIMITS.maxHeaderBytes,
      headersTimeout: ADMIN_LIMITS.headersTimeoutMs,
      requestTimeout: ADMIN_LIMITS.requestTimeoutMs,
      connectionsCheckingInterval: ADMIN_LIMITS.headersTimeoutMs,
    },
    handler,
  );
  server.maxConnections = ADMIN_LIMITS.maxConnections;
  markOwnServer(server);
  // Probes and scrapes keep no process alive: when the service has nothing left to do, it ends.
  server.unref();
  server.on('connection', (socket) => {
    socket.unref();
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(host === '' ? { port } : { port, host }, () => {
      server.off('error', reject);
      // A connection that cannot be accepted (EMFILE) costs this connection, not the service.
      server.on('error', () => undefined);
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}
