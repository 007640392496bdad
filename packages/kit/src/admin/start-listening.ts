import type { Server } from 'node:http';
import type { ListenOptions } from 'node:net';
import { markOwnServer } from './own-servers.ts';

/** A server that listens. */
export interface AdminListener {
  /** 0 for one at a unix socket. */
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** Lets a server of the kit's own listen. Rejects with Node's error, such as `EADDRINUSE`. */
export function startListening(server: Server, where: ListenOptions): Promise<AdminListener> {
  markOwnServer(server);
  // Probes and scrapes keep no process alive: when the service has nothing left to do, it ends.
  server.unref();
  server.prependListener('connection', (socket) => {
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
    server.listen(where, () => {
      server.off('error', reject);
      // A connection that cannot be accepted (EMFILE) costs this connection, not the service.
      server.on('error', () => undefined);
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      resolve({ port, close });
    });
  });
}
