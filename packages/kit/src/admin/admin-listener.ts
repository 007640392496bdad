import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Connections the admin port holds at once: probes and scrapers need few, a flood gets no more. */
const MAX_CONNECTIONS = 256;
/** Line and headers of a request: a scraper's bearer token fits, and half of Node's own limit is enough. */
const MAX_HEADER_BYTES = 8 * 1024;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;

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
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: HEADERS_TIMEOUT_MS,
    },
    handler,
  );
  server.maxConnections = MAX_CONNECTIONS;
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
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}
