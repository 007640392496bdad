import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { markOwnServer } from './own-servers.ts';
import { createPace } from './pace.ts';

/** What the admin port takes from outside: probes and scrapers need little, a flood gets no more. */
export const ADMIN_LIMITS = {
  /** Connections at once. */
  maxConnections: 256,
  /** Connections at once from one address: one that floods does not shut out the kubelet, which comes from another. */
  maxConnectionsPerAddress: 64,
  /** Requests answered in a second; further ones wait. */
  maxRequestsPerSecond: 1_000,
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
  const pace = createPace(ADMIN_LIMITS.maxRequestsPerSecond, ADMIN_LIMITS.maxConnections);
  const waiting = new WeakSet<Socket>();
  const server = createServer(
    {
      maxHeaderSize: ADMIN_LIMITS.maxHeaderBytes,
      headersTimeout: ADMIN_LIMITS.headersTimeoutMs,
      requestTimeout: ADMIN_LIMITS.requestTimeoutMs,
      connectionsCheckingInterval: ADMIN_LIMITS.headersTimeoutMs,
    },
    (request, response) => {
      const { socket } = request;
      // Who asks again while a request of theirs waits does not wait for answers: only that connection pays for it.
      if (waiting.has(socket)) {
        socket.destroy();
        return;
      }
      const answer = (): void => {
        socket.off('close', giveUp);
        waiting.delete(socket);
        if (!response.destroyed) handler(request, response);
      };
      // Who has gone keeps no place: others would wait behind it, or find no place and wait for ever.
      const giveUp = (): void => {
        pace.forget(answer);
      };
      waiting.add(socket);
      socket.once('close', giveUp);
      if (!pace.run(answer)) socket.destroy();
    },
  );
  server.maxConnections = ADMIN_LIMITS.maxConnections;
  markOwnServer(server);
  // Probes and scrapes keep no process alive: when the service has nothing left to do, it ends.
  server.unref();
  limitPerAddress(server);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      pace.stop();
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
