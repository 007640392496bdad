import type { Server as NetServer, Socket } from 'node:net';
import { isTlsServer, isTlsSocket } from './attachable-server.ts';
import type { ConnectionPatience } from './connection-patience.ts';
import { endIdle } from './end-idle.ts';
import { Handshakes } from './handshakes.ts';
import { TrackedConnection } from './tracked-connection.ts';

/** Who is told of a server's connections. */
export interface ConnectionEvents {
  /** One has come, of whatever protocol. */
  readonly onArrival: () => void;
  /** One of HTTP/1 has closed. */
  readonly onClose: (connection: TrackedConnection) => void;
  /** A TLS handshake has got complete, or its connection has closed. */
  readonly onHandshakeEnd: () => void;
}

/** The HTTP/1 connections of one server, TLS handshakes included. */
export class Connections {
  readonly #server: NetServer;
  readonly #patience: ConnectionPatience;
  readonly #events: ConnectionEvents;
  readonly #open = new Map<Socket, TrackedConnection>();
  readonly #handshakes: Handshakes | undefined;
  #lost = 0;

  constructor(server: NetServer, patience: ConnectionPatience, events: ConnectionEvents) {
    this.#server = server;
    this.#patience = patience;
    this.#events = events;
    // One event per connection: the bytes of a TLS connection are those of its secure socket.
    const isTls = isTlsServer(server);
    server.on(isTls ? 'secureConnection' : 'connection', this.#onConnection);
    if (isTls) this.#handshakes = new Handshakes(server, events.onHandshakeEnd);
  }

  /** Those that are open. */
  get size(): number {
    return this.#open.size + (this.#handshakes?.size ?? 0);
  }

  /** Those that were cut with a part of a request or of a handshake on them. */
  get lost(): number {
    return this.#lost + (this.#handshakes?.cut ?? 0);
  }

  /** The connection on a socket; undefined when it is none of HTTP/1, or came before this. */
  on(socket: Socket): TrackedConnection | undefined {
    return this.#open.get(socket);
  }

  /** Each is told to close by the answer to its newest request. */
  markClose(): void {
    for (const connection of this.#open.values()) connection.markClose();
  }

  /**
   * Ends those that have been idle for some round trips, and those of requests that do not get complete.
   * @returns milliseconds until the next one would be; Infinity when there is none.
   */
  tidy(): number {
    const nowMs = performance.now();
    // In a loop: there may be more of them than one call takes arguments.
    let nextMs = this.#handshakes?.tidy(this.#patience.halfRequestMs) ?? Infinity;
    for (const connection of this.#open.values()) {
      nextMs = Math.min(nextMs, this.#tidy(connection, nowMs));
    }
    return nextMs;
  }

  /** Cuts all of them. */
  destroy(): void {
    for (const socket of this.#open.keys()) socket.destroy();
    this.#handshakes?.destroy();
  }

  /** Lets go of the server. */
  detach(): void {
    this.#server.off('secureConnection', this.#onConnection);
    this.#server.off('connection', this.#onConnection);
    this.#handshakes?.detach();
  }

  #tidy(connection: TrackedConnection, nowMs: number): number {
    const { isBusy, hasHalfRequest, socket } = connection;
    if (isBusy) return Infinity;
    const { idleMs, halfRequestMs, lingerMs } = this.#patience;
    const destroy = (): void => void socket.destroy();
    const end = (): void => {
      if (hasHalfRequest) {
        this.#lost += 1;
        destroy();
      } else socket.end();
    };
    const allowedMs = hasHalfRequest ? halfRequestMs : idleMs;
    return endIdle(connection, { allowedMs, lingerMs, end, destroy }, nowMs);
  }

  readonly #onConnection = (socket: Socket): void => {
    this.#events.onArrival();
    // HTTP/2 on the same port has a tracker of its own.
    if (isTlsSocket(socket) && socket.alpnProtocol === 'h2') return;
    const connection = new TrackedConnection(socket);
    this.#open.set(socket, connection);
    socket.once('close', () => {
      this.#open.delete(socket);
      this.#events.onClose(connection);
    });
  };
}
