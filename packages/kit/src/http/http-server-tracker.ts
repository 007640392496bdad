import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server as NetServer, Socket } from 'node:net';
import type { Drainable } from '../drain/drainable.ts';
import { ActiveRequests } from './active-requests.ts';
import { DEFAULT_PATIENCE, type ConnectionPatience } from './connection-patience.ts';
import { Connections } from './connections.ts';
import { deferContinue } from './expect-continue.ts';
import { UNKNOWN_ROUTE, type HttpMetrics } from './http-metrics.ts';
import { deferHandlers, refuseUpgrades } from './leaving-listeners.ts';
import { listenAlong } from './optional-listener.ts';
import { recordOf, recordRequest, type RequestRecord } from './request-record.ts';
import { stopListening } from './stop-listening.ts';
import type { TrackedConnection } from './tracked-connection.ts';
import { UpgradedConnections } from './upgraded-connections.ts';
import type { WebSocketCloseCode } from './web-socket-close.ts';

/** How a tracker treats what it follows. */
export interface TrackerSettings {
  readonly patience?: ConnectionPatience;
  /** What WebSockets are closed with. @defaultValue 1001 */
  readonly webSocketCloseCode?: WebSocketCloseCode;
}

/** Follows the HTTP/1 connections and requests of one server, and takes them to their end when it drains. */
export class HttpServerTracker implements Drainable {
  readonly #server: NetServer;
  readonly #metrics: HttpMetrics;
  readonly #onChange: () => void;
  readonly #connections: Connections;
  readonly #active: ActiveRequests;
  readonly #upgraded: UpgradedConnections;
  readonly #releases: (() => void)[];
  /** Requests that came behind an answer that said `Connection: close`. */
  readonly #unbegun = new WeakSet<IncomingMessage>();
  #lastArrivalMs = performance.now();
  #endedUpgrades = 0;
  #refused = 0;
  #isDraining = false;

  /** @param onChange - Told, during the drain, whenever a request or a connection has ended. */
  constructor(
    server: NetServer,
    metrics: HttpMetrics,
    onChange: () => void,
    { patience = DEFAULT_PATIENCE, webSocketCloseCode = 1001 }: TrackerSettings = {},
  ) {
    this.#server = server;
    this.#metrics = metrics;
    this.#onChange = onChange;
    this.#active = new ActiveRequests(metrics, patience.eventSourceGraceMs);
    this.#upgraded = new UpgradedConnections(webSocketCloseCode, patience.webSocketCloseMs);
    this.#connections = new Connections(server, patience, {
      onArrival: () => {
        this.#lastArrivalMs = performance.now();
      },
      onClose: this.#onConnectionClose,
      onHandshakeEnd: this.#noteChange,
    });
    server.prependListener('request', this.#onRequest);
    // With a listener of its own, such a request is no 'request'.
    this.#releases = [
      deferContinue(server, this.#onRequest),
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
    return this.#connections.size;
  }

  /** Requests whose response has ended so far, by itself or with its client gone; and upgraded connections that have. */
  get ended(): number {
    return this.#active.ended + this.#endedUpgrades - this.#upgraded.cut;
  }

  /** Connections that were cut with a part of a request or of a handshake on them. */
  get lost(): number {
    return this.#connections.lost;
  }

  /** Upgrades that were refused during the drain, and requests that were not begun. */
  get refused(): number {
    return this.#refused;
  }

  /** When the last connection or request came; `performance.now()`. */
  get lastArrivalMs(): number {
    return this.#lastArrivalMs;
  }

  /** From now on every connection is told to close by the answer to its newest request. */
  startDraining(windowMs: number): void {
    this.#isDraining = true;
    deferHandlers(this.#server, this.#onRequest, (request) => this.#unbegun.has(request));
    refuseUpgrades(this.#server, this.#onUpgrade, () => {
      this.#refused += 1;
      this.#metrics.countShed('draining');
    });
    this.#active.startDraining(windowMs);
    this.#upgraded.startDraining(windowMs);
    this.#connections.markClose();
  }

  /** Stops listening; what never ends by itself is told to. */
  stopArrivals(): void {
    stopListening(this.#server);
    this.#active.stopArrivals();
    this.#upgraded.stopArrivals();
  }

  tidy(): number {
    return this.#connections.tidy();
  }

  /** Sends the AbortSignal to every handler that has asked for it, and to what runs on upgraded connections. */
  abort(reason: unknown): void {
    this.#active.abort(reason);
    this.#upgraded.abort(reason);
  }

  /** Aborts when the upgraded connection is cut or has closed; undefined when this socket is none. */
  upgradeSignal(socket: Socket): AbortSignal | undefined {
    return this.#connections.on(socket)?.upgrade?.signal;
  }

  /** Cuts every connection. @returns the number of requests and upgraded connections that had not ended. */
  abandon(): number {
    const cut = this.#active.size + this.#upgraded.size + this.#upgraded.cut;
    this.#connections.destroy();
    return cut;
  }

  /** Lets go of the server. */
  detach(): void {
    this.#connections.detach();
    this.#server.off('request', this.#onRequest);
    for (const release of this.#releases) release();
  }

  readonly #onConnectionClose = (connection: TrackedConnection): void => {
    // Node tells only the response at the front that its connection is gone, not those that wait behind it.
    if (connection.requests > 0)
      for (const record of this.#active.of(connection)) this.#onEnd(record);
    if (this.#upgraded.end(connection)) this.#endedUpgrades += 1;
    this.#noteChange();
  };

  readonly #onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.httpVersionMajor !== 1 || recordOf(request) !== undefined) return;
    const connection = this.#connections.on(request.socket);
    if (connection?.hasSaidClose === true) {
      this.#leaveUnbegun(request);
      return;
    }
    const startMs = performance.now();
    this.#lastArrivalMs = startMs;
    const record: RequestRecord = {
      method: request.method ?? 'GET',
      request,
      response,
      startMs,
      route: UNKNOWN_ROUTE,
      connection,
      controller: undefined,
      place: 0,
      onEnded: undefined,
      hasEnded: false,
    };
    recordRequest(request, record);
    this.#active.begin(record);
    connection?.begin(response, this.#isDraining);
    response.on('close', this.#onResponseClose);
  };

  /**
   * Its client may have sent it before it could know, and learns from the answer before it that it was not processed.
   * @see RFC 9112 §9.6
   */
  #leaveUnbegun(request: IncomingMessage): void {
    if (!this.#unbegun.has(request)) this.#refused += 1;
    this.#unbegun.add(request);
    // Its body is in front of the client's own end.
    request.resume();
  }

  readonly #onUpgrade = (request: IncomingMessage): void => {
    const connection = this.#connections.on(request.socket);
    if (connection === undefined) return;
    this.#lastArrivalMs = performance.now();
    if (!this.#isDraining) this.#upgraded.add(connection, request);
  };

  /** One function for all responses, since a closure for each would cost more than all the counting. */
  readonly #onResponseClose = ((tracker: HttpServerTracker) =>
    function (this: ServerResponse): void {
      const record = recordOf(this.req);
      if (record !== undefined) tracker.#onEnd(record);
    })(this);

  #onEnd(record: RequestRecord): void {
    const endedMs = this.#active.end(record);
    if (endedMs === undefined) return;
    record.connection?.end(record.response, endedMs);
    this.#noteChange();
  }

  readonly #noteChange = (): void => {
    if (this.#isDraining) this.#onChange();
  };
}
