import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import { Server as NetServer, type Socket } from 'node:net';
import type { Drainable } from '../drain/drainable.ts';
import { CLIENT_GONE_CODE, UNKNOWN_ROUTE, type HttpMetrics } from './http-metrics.ts';
import { listenAlong } from './optional-listener.ts';
import { recordOf, recordRequest, type RequestRecord } from './request-record.ts';
import { TrackedConnection } from './tracked-connection.ts';

/** How long a connection without a request under way is kept when its server drains. */
export interface ConnectionPatience {
  /** Idle for so long after its last answer, a client has had time to send what it had when that answer left. */
  readonly idleMs: number;
  /** A request whose headers do not get complete in this time is not waited for. */
  readonly halfRequestMs: number;
  /** A client that does not close after this side has, is closed. */
  readonly lingerMs: number;
}

const DEFAULT_PATIENCE: ConnectionPatience = {
  idleMs: 500,
  halfRequestMs: 2_000,
  lingerMs: 1_000,
};

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Follows the connections and requests of one server, and takes them to their end when it drains. */
export class HttpServerTracker implements Drainable {
  readonly #server: HttpServer | HttpsServer;
  readonly #metrics: HttpMetrics;
  readonly #onChange: () => void;
  readonly #patience: ConnectionPatience;
  readonly #connections = new Map<Socket, TrackedConnection>();
  /** Below TLS: ended last, since a handshake that does not get complete shows nowhere else. */
  readonly #rawSockets = new Set<Socket>();
  readonly #active = new Set<RequestRecord>();
  readonly #upgraded = new Set<TrackedConnection>();
  readonly #releases: (() => void)[];
  #lastArrivalMs = performance.now();
  #ended = 0;
  #isDraining = false;

  /** @param onChange - Told, during the drain, whenever a request or a connection has ended. */
  constructor(
    server: HttpServer | HttpsServer,
    metrics: HttpMetrics,
    onChange: () => void,
    patience: ConnectionPatience = DEFAULT_PATIENCE,
  ) {
    this.#server = server;
    this.#metrics = metrics;
    this.#onChange = onChange;
    this.#patience = patience;
    const isTls = server instanceof HttpsServer;
    // One event per connection: the bytes of a TLS connection are those of its secure socket.
    server.on(isTls ? 'secureConnection' : 'connection', this.#onConnection);
    if (isTls) server.on('connection', this.#onRawSocket);
    server.prependListener('request', this.#onRequest);
    // With a listener of its own, such a request is no 'request'.
    this.#releases = [
      listenAlong(server, 'checkContinue', this.#onRequest),
      listenAlong(server, 'checkExpectation', this.#onRequest),
      listenAlong(server, 'upgrade', this.#onUpgrade),
      listenAlong(server, 'connect', this.#onUpgrade),
    ];
  }

  /** Requests whose response has not ended. */
  get inFlight(): number {
    return this.#active.size;
  }

  /** Open connections. */
  get pending(): number {
    return this.#connections.size + this.#rawSockets.size;
  }

  /** Requests whose response has ended so far, by itself or with its client gone; and upgraded connections that have. */
  get ended(): number {
    return this.#ended;
  }

  /** When the last connection or request came; `performance.now()`. */
  get lastArrivalMs(): number {
    return this.#lastArrivalMs;
  }

  /** From now on every connection is told to close by the answer to its newest request. */
  startDraining(): void {
    this.#isDraining = true;
    this.#deferHandlers();
    for (const connection of this.#connections.values()) connection.markClose();
  }

  /**
   * Stops listening and nothing else: `http.Server.close` would destroy idle connections, on which a request may
   * be under way.
   */
  stopArrivals(): void {
    const close = (): void => {
      NetServer.prototype.close.call(this.#server);
    };
    if (this.#server.listening) close();
    // A service that was told to end while it started.
    else this.#server.once('listening', close);
  }

  /**
   * Ends connections that have been idle for some round trips, and those of requests that do not get complete.
   * @returns milliseconds until it should be called again; undefined when no connection is idle.
   */
  tidy(): number | undefined {
    const nowMs = performance.now();
    const { idleMs: idleLimitMs, halfRequestMs, lingerMs } = this.#patience;
    let nextMs: number | undefined;
    for (const connection of this.#connections.values()) {
      if (connection.isBusy) continue;
      const idleMs = nowMs - connection.idleSinceMs;
      const allowedMs = connection.hasHalfRequest ? halfRequestMs : idleLimitMs;
      if (connection.isEnding) {
        if (idleMs >= allowedMs + lingerMs) connection.socket.destroy();
        else nextMs = Math.min(nextMs ?? Infinity, allowedMs + lingerMs - idleMs);
      } else if (idleMs >= allowedMs) {
        connection.isEnding = true;
        connection.idleSinceMs = nowMs - allowedMs;
        if (connection.hasHalfRequest) connection.socket.destroy();
        else connection.socket.end();
        nextMs = Math.min(nextMs ?? Infinity, lingerMs);
      } else {
        nextMs = Math.min(nextMs ?? Infinity, allowedMs - idleMs);
      }
    }
    // What is left below TLS when nothing is above has not finished its handshake.
    if (this.#connections.size === 0) for (const socket of this.#rawSockets) socket.destroy();
    return nextMs;
  }

  /** Sends the AbortSignal to every handler that has asked for it, and to what runs on upgraded connections. */
  abort(reason: unknown): void {
    for (const { controller } of this.#active) controller?.abort(reason);
    for (const { upgrade } of this.#upgraded) upgrade?.abort(reason);
  }

  /** Aborts when the upgraded connection is cut or has closed; undefined when this socket is none. */
  upgradeSignal(socket: Socket): AbortSignal | undefined {
    return this.#connections.get(socket)?.upgrade?.signal;
  }

  /** Cuts every connection. @returns the number of requests and upgraded connections that had not ended. */
  abandon(): number {
    const cut = this.#active.size + this.#upgraded.size;
    for (const socket of this.#connections.keys()) socket.destroy();
    for (const socket of this.#rawSockets) socket.destroy();
    return cut;
  }

  /** Lets go of the server. */
  detach(): void {
    this.#server.off('secureConnection', this.#onConnection);
    this.#server.off('connection', this.#onConnection);
    this.#server.off('connection', this.#onRawSocket);
    this.#server.off('request', this.#onRequest);
    for (const release of this.#releases) release();
  }

  readonly #onConnection = (socket: Socket): void => {
    this.#lastArrivalMs = performance.now();
    const connection = new TrackedConnection(socket);
    this.#connections.set(socket, connection);
    socket.once('close', () => {
      this.#connections.delete(socket);
      this.#endAllOf(connection);
      this.#endUpgrade(connection);
      if (this.#isDraining) this.#onChange();
    });
  };

  readonly #onRawSocket = (socket: Socket): void => {
    this.#rawSockets.add(socket);
    socket.once('close', () => {
      this.#rawSockets.delete(socket);
      if (this.#isDraining) this.#onChange();
    });
  };

  readonly #onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (recordOf(request) !== undefined) return;
    const startMs = performance.now();
    this.#lastArrivalMs = startMs;
    const method = request.method ?? 'GET';
    const record: RequestRecord = {
      method,
      response,
      startMs,
      route: UNKNOWN_ROUTE,
      connection: this.#connections.get(request.socket),
      controller: undefined,
    };
    recordRequest(request, record);
    this.#active.add(record);
    this.#metrics.inFlight.inc();
    record.connection?.begin(response, this.#isDraining);
    response.on('close', this.#onResponseClose);
  };

  /** From here on Node knows nothing of the connection: what runs on it counts as one piece of work. */
  readonly #onUpgrade = ({ socket }: IncomingMessage): void => {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    this.#lastArrivalMs = performance.now();
    connection.upgrade = new AbortController();
    this.#upgraded.add(connection);
  };

  #endUpgrade(connection: TrackedConnection): void {
    if (!this.#upgraded.delete(connection)) return;
    this.#ended += 1;
    connection.upgrade?.abort();
  }

  /** One function for all responses, since a closure for each would cost more than all the counting. */
  readonly #onResponseClose = ((tracker: HttpServerTracker) =>
    function (this: ServerResponse): void {
      const record = recordOf(this.req);
      if (record !== undefined) tracker.#onEnd(record);
    })(this);

  /** Node tells only the response at the front that its connection is gone, not those that wait behind it. */
  #endAllOf(connection: TrackedConnection): void {
    if (connection.requests === 0) return;
    for (const record of this.#active) {
      if (record.connection === connection) this.#onEnd(record);
    }
  }

  #onEnd(record: RequestRecord): void {
    const { response, controller, connection, startMs } = record;
    if (!this.#active.delete(record)) return;
    const nowMs = performance.now();
    this.#ended += 1;
    this.#metrics.inFlight.dec();
    const code = response.headersSent ? response.statusCode : CLIENT_GONE_CODE;
    this.#metrics.countRequest(record, code, (nowMs - startMs) / 1000);
    connection?.end(response, nowMs);
    if (!response.writableFinished) controller?.abort();
    if (this.#isDraining) this.#onChange();
  }

  /**
   * Lets handlers run only when all that came in one piece is parsed: a handler that answers at once would else
   * say `Connection: close` before the request behind it is seen.
   */
  #deferHandlers(): void {
    const server = this.#server;
    const handlers = server
      .rawListeners('request')
      .filter((listener) => listener !== this.#onRequest) as RequestHandler[];
    for (const handler of handlers) server.off('request', handler);
    server.on('request', (request, response) => {
      setImmediate(() => {
        for (const handler of handlers) handler.call(server, request, response);
      });
    });
  }
}
