import { createServer, type RequestListener } from 'node:http';
import { markOwnServer } from '../admin/own-servers.ts';

/** Serves the primary's admin thread at a socket that nobody else can reach. Rejects with Node's error. */
export function listenForPrimary(
  handler: RequestListener,
  path: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer(handler);
  markOwnServer(server);
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
    // Exclusive: on a child's main thread it would else be the primary that listens.
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve({ port: 0, close });
    });
  });
}
