import type {
  Http2Server,
  IncomingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';
import type { Drainable } from '../drain/drainable.ts';
import { Spread } from '../drain/spread.ts';
import { ActiveRequests } from './active-requests.ts';
import { DEFAULT_PATIENCE, type ConnectionPatience } from './connection-patience.ts';
import { endIdle, type Idle } from './end-idle.ts';
import { deferContinue } from './expect-continue.ts';
import type { HttpMetrics } from './http-metrics.ts';
import { UNKNOWN_ROUTE } from './http-metrics.ts';
import { recordRequest, type RequestRecord } from './request-record.ts';
import { stopListening } from './stop-listening.ts';
import { StreamAnswer } from './stream-answer.ts';

/** One client's session. */
interface TrackedSession extends Idle {
  readonly session: ServerHttp2Session;
  streams: number;
  /** Whether its client is told with the next stream. */
  isDue: boolean;
  /** Whether its client was told to open no more streams. */
  isTold: boolean;
}

/**
 * Follows the sessions and streams of an HTTP/2 server. Draining sends a GOAWAY to each client, spread over the window,
 * and always while a stream of its is open, as HTTP/1 says `Connection: close` with an answer: a client that has one
 * request at a time is then waiting and has nothing else on its way. What several streams at once may still have on
 * its way is refused with REFUSED_STREAM: not processed, and safe to repeat (RFC 9113 §8.7).
 *
 * The first of the two GOAWAYs of RFC 9113 §6.8, which refuses nothing, is of no use here: nghttp2 ignores every stream
 * that comes after any GOAWAY that it was told to submit, so that such a stream would hang instead of being refused.
 * @see nghttp2/nghttp2 lib/nghttp2_session.c session_allow_incoming_new_stream
 */
export class Http2ServerTracker implements Drainable {
  readonly #server: Http2Server;
  readonly #onChange: () => void;
  readonly #patience: ConnectionPatience;
  readonly #active: ActiveRequests;
  readonly #release: () => void;
  readonly #sessions = new Map<ServerHttp2Session, TrackedSession>();
  readonly #farewell = new Spread(() => this.#sessions.values(), tellWithStream);
  #lastArrivalMs = performance.now();
  #isDraining = false;

  /** @param onChange - Told, during the drain, whenever a stream or a session has ended. */
  constructor(
    server: Http2Server,
    metrics: HttpMetrics,
    onChange: () => void,
    patience: ConnectionPatience = DEFAULT_PATIENCE,
  ) {
    this.#server = server;
    this.#onChange = onChange;
    this.#patience = patience;
    this.#active = new ActiveRequests(metrics, patience.eventSourceGraceMs);
    server.on('session', this.#onSession);
    server.prependListener('stream', this.#onStream);
    this.#release = deferContinue(server);
  }

  /** Streams that have not ended. */
  get inFlight(): number {
    return this.#active.size;
  }

  /** Open sessions. */
  get pending(): number {
    return this.#sessions.size;
  }

  /** Streams that have ended so far. */
  get ended(): number {
    return this.#active.ended;
  }

  /** When the last session or stream came; `performance.now()`. */
  get lastArrivalMs(): number {
    return this.#lastArrivalMs;
  }

  startDraining(windowMs: number): void {
    this.#isDraining = true;
    this.#active.startDraining(windowMs);
    this.#farewell.begin(windowMs);
  }

  stopArrivals(): void {
    stopListening(this.#server);
    this.#active.stopArrivals();
    this.#farewell.end();
  }

  tidy(): number {
    const nowMs = performance.now();
    const { idleMs: allowedMs, lingerMs } = this.#patience;
    let nextMs = Infinity;
    for (const tracked of this.#sessions.values()) {
      const { session, streams } = tracked;
      if (streams > 0) continue;
      const end = (): void => {
        session.close();
      };
      const destroy = (): void => {
        session.destroy();
      };
      const lookMs = endIdle(tracked, { allowedMs, lingerMs, end, destroy }, nowMs);
      nextMs = Math.min(nextMs, lookMs);
    }
    return nextMs;
  }

  abort(reason: unknown): void {
    this.#active.abort(reason);
  }

  /** Cuts every session. @returns the number of streams that had not ended. */
  abandon(): number {
    const cut = this.#active.size;
    for (const session of this.#sessions.keys()) session.destroy();
    return cut;
  }

  /** Lets go of the server. */
  detach(): void {
    this.#server.off('session', this.#onSession);
    this.#server.off('stream', this.#onStream);
    this.#release();
  }

  readonly #onSession = (session: ServerHttp2Session): void => {
    const nowMs = performance.now();
    this.#lastArrivalMs = nowMs;
    const tracked = {
      session,
      streams: 0,
      idleSinceMs: nowMs,
      isDue: this.#isDraining,
      isTold: false,
      isEnding: false,
    };
    this.#sessions.set(session, tracked);
    session.once('close', () => {
      this.#sessions.delete(session);
      this.#noteChange();
    });
  };

  readonly #onStream = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    const startMs = performance.now();
    this.#lastArrivalMs = startMs;
    const tracked = stream.session && this.#sessions.get(stream.session as ServerHttp2Session);
    const record: RequestRecord = {
      method: headers[':method'] ?? 'GET',
      request: { headers },
      response: new StreamAnswer(stream),
      startMs,
      route: UNKNOWN_ROUTE,
      connection: undefined,
      controller: undefined,
      place: 0,
      onEnded: undefined,
      hasEnded: false,
    };
    recordRequest(stream, record);
    this.#active.begin(record);
    if (tracked !== undefined) {
      tracked.streams += 1;
      if (tracked.isDue) tellWithStream(tracked);
    }
    stream.once('close', () => {
      const endedMs = this.#active.end(record);
      if (tracked !== undefined && endedMs !== undefined) {
        tracked.streams -= 1;
        tracked.idleSinceMs = endedMs;
      }
      this.#noteChange();
    });
  };

  #noteChange(): void {
    if (this.#isDraining) this.#onChange();
  }
}

/** Tells a client to open no more streams here: now when one is open, else with the next one. */
function tellWithStream(tracked: TrackedSession): void {
  const { session } = tracked;
  tracked.isDue = true;
  if (tracked.streams === 0 || tracked.isTold || session.closed || session.destroyed) return;
  tracked.isTold = true;
  session.goaway();
}
