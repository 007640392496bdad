import { Server as HttpServer } from 'node:http';
import type { Http2SecureServer, Http2Server } from 'node:http2';
import type { Server as HttpsServer } from 'node:https';
import { Server as NetServer, type Socket } from 'node:net';
import type { Server as TlsServer, TLSSocket } from 'node:tls';

/** A server whose requests the kit can follow. */
export type AttachableServer = HttpServer | HttpsServer | Http2Server | Http2SecureServer;

/** What the kit sets of a server of HTTP/1. */
export interface HttpTimeouts {
  /** Milliseconds; undefined is Node's own. */
  keepAliveTimeout?: number;
}

/** The protocols that a server speaks, each as the view of it that its tracker needs. */
export interface Protocols {
  /** Undefined when it speaks HTTP/2 alone. */
  readonly http1: HttpTimeouts | undefined;
  readonly http2: Http2Server | undefined;
}

/** Tells which protocols a server speaks; undefined for anything but an {@link AttachableServer}. */
export function protocolsOf(server: unknown): Protocols | undefined {
  if (isHttp1Server(server)) return { http1: server, http2: undefined };
  if (!isHttp2Server(server)) return undefined;
  // A secure one may have been created with allowHTTP1, and then has HTTP/1's timeouts; before Node 22 not all of them.
  const http1 = 'headersTimeout' in server ? (server as HttpTimeouts) : undefined;
  return { http1, http2: server };
}

/**
 * Whether a server's connections are of TLS. Known by what such a server can do, as are those below: naming its class
 * would load Node's TLS, 2 MB of it, into every service without.
 */
export function isTlsServer(server: NetServer): server is TlsServer {
  return 'setSecureContext' in server;
}

/** Whether a connection is of TLS: what Node documents to tell them apart. */
export function isTlsSocket(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}

function isHttp1Server(server: unknown): server is HttpServer | HttpsServer {
  if (server instanceof HttpServer) return true;
  if (!(server instanceof NetServer) || isHttp2Server(server)) return false;
  return isTlsServer(server) && 'closeAllConnections' in server;
}

/** Node exports no class of HTTP/2 servers. */
function isHttp2Server(server: unknown): server is Http2Server {
  return server instanceof NetServer && 'updateSettings' in server && 'setTimeout' in server;
}
