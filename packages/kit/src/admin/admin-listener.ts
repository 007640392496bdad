import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ADMIN_LIMITS, createLine } from './admin-line.ts';
import { markOwnServer } from './own-servers.ts';

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
  const line = createLine(handler);
  const server = createServer(
    {
      maxHeaderSize: ADMIN_LIMITS.maxHeaderBytes,
      headersTimeout: ADMIN_LIMITS.headersTimeoutMs,
      requestTimeout: ADMIN_LIMITS.requestTimeoutMs,
      connectionsCheckingInterval: ADMIN_LIMITS.headersTimeoutMs,
    },
    line.listener,
  );
  server.maxConnections = ADMIN_LIMITS.maxConnections;
  markOwnServer(server);
  // Probes and scrapes keep no process alive: when the service has nothing left to do, it ends.
  server.unref();
  limitPerAddress(server);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      line.stop();
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

/** Closes a connection at once when its address has as many as it may. */
function limitPerAddress(server: Server): void {
  const counts = new Map<string, number>();
  server.prependListener('connection', (socket: Socket) => {
    socket.unref();
    const { remoteAddress = '' } = socket;
    const count = (counts.get(remoteAddress) ?? 0) + 1;
    counts.set(remoteAddress, count);
    socket.once('close', () => {
      const left = (counts.get(remoteAddress) ?? 1) - 1;
      if (left === 0) counts.delete(remoteAddress);
      else counts.set(remoteAddress, left);
    });
    if (count > ADMIN_LIMITS.maxConnectionsPerAddress) socket.destroy();
  });
}
