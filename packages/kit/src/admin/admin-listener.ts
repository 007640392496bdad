import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { ADMIN_LIMITS, createLine } from './admin-line.ts';
import { startListening, type AdminListener } from './start-listening.ts';

/**
 * Listens for probes and scrapes. Rejects with Node's error, such as `EADDRINUSE`.
 * @param host - Empty for all interfaces.
 */
export async function listenForAdmin(
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
  limitPerAddress(server);
  const listener = await startListening(server, host === '' ? { port } : { port, host });
  const close = (): Promise<void> => {
    line.stop();
    return listener.close();
  };
  return { port: listener.port, close };
}

/** Closes a connection at once when its address has as many as it may. */
function limitPerAddress(server: Server): void {
  const counts = new Map<string, number>();
  server.prependListener('connection', (socket: Socket) => {
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
