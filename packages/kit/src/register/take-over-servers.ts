import { Server as NetServer } from 'node:net';
import { isOwnServer } from '../admin/own-servers.ts';
import { protocolsOf, type AttachableServer } from '../http/attachable-server.ts';

/** Tells of each HTTP server of this process right before it listens; the kit's own are left out. */
export function takeOverServers(onListen: (server: AttachableServer) => void): void {
  // All servers of http, https and http2 have it from here.
  const listen = Object.getOwnPropertyDescriptor(NetServer.prototype, 'listen')?.value as (
    ...given: unknown[]
  ) => NetServer;
  NetServer.prototype.listen = function (this: NetServer, ...given: unknown[]) {
    if (protocolsOf(this) !== undefined && !isOwnServer(this)) onListen(this as AttachableServer);
    return listen.apply(this, given);
  } as typeof NetServer.prototype.listen;
}
