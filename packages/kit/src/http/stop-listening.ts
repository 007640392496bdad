import { Server as NetServer } from 'node:net';

/**
 * Stops listening and nothing else: `http.Server.close` would destroy idle connections, on which a request may be
 * under way. A server that does not listen yet stops when it begins to.
 */
export function stopListening(server: NetServer): void {
  const close = (): void => {
    NetServer.prototype.close.call(server);
  };
  if (server.listening) close();
  else server.once('listening', close);
}
