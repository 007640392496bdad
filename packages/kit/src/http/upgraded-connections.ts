import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Spread } from '../drain/spread.ts';
import type { TrackedConnection } from './tracked-connection.ts';
import { writeCloseFrame, type WebSocketCloseCode } from './web-socket-close.ts';

const REFUSAL = [
  'HTTP/1.1 503 Service Unavailable',
  'Connection: close',
  'Retry-After: 1',
  'Content-Length: 0',
  '\r\n',
].join('\r\n');

/** Connections that a CONNECT or an upgrade has handed over: Node knows nothing of them, so each is one piece of work. */
export class UpgradedConnections {
  readonly #webSocketCloseCode: WebSocketCloseCode;
  readonly #webSocketCloseMs: number;
  readonly #upgraded = new Map<TrackedConnection, { readonly isWebSocket: boolean }>();
  #cut = 0;

  constructor(webSocketCloseCode: WebSocketCloseCode, webSocketCloseMs: number) {
    this.#webSocketCloseCode = webSocketCloseCode;
    this.#webSocketCloseMs = webSocketCloseMs;
  }

  /** Connections that are still open. */
  get size(): number {
    return this.#upgraded.size;
  }

  /** WebSockets that were cut since their client did not answer the close frame. */
  get cut(): number {
    return this.#cut;
  }

  add(connection: TrackedConnection, request: IncomingMessage): void {
    connection.upgrade = new AbortController();
    const protocol = request.headers.upgrade?.toLowerCase();
    this.#upgraded.set(connection, { isWebSocket: protocol === 'websocket' });
  }

  /** Notes that a connection has closed. @returns whether it was an upgraded one. */
  end(connection: TrackedConnection): boolean {
    if (!this.#upgraded.delete(connection)) return false;
    connection.upgrade?.abort();
    return true;
  }

  /** Each WebSocket is told to go at some time of the window. */
  startDraining(windowMs: number): void {
    this.#farewell.begin(windowMs);
  }

  /** The WebSockets that are left are told to go now. */
  stopArrivals(): void {
    this.#farewell.end();
  }

  /** Sends the AbortSignal to what runs on them. */
  abort(reason: unknown): void {
    for (const { upgrade } of this.#upgraded.keys()) upgrade?.abort(reason);
  }

  #webSockets(): TrackedConnection[] {
    return [...this.#upgraded].flatMap(([connection, { isWebSocket }]) =>
      isWebSocket && !connection.isEnding ? [connection] : [],
    );
  }

  readonly #sayGoodbye = (connection: TrackedConnection): void => {
    connection.isEnding = true;
    writeCloseFrame(connection.socket, this.#webSocketCloseCode);
    setTimeout(() => {
      if (!this.#upgraded.has(connection)) return;
      this.#cut += 1;
      connection.socket.destroy();
    }, this.#webSocketCloseMs).unref();
  };

  readonly #farewell = new Spread(() => this.#webSockets(), this.#sayGoodbye);
}

/** Refuses an upgrade or CONNECT before its handshake: what began now would be cut in a moment. */
export function refuseUpgrade(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.end(REFUSAL);
}
