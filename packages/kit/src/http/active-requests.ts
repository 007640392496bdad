import { Spread } from '../drain/spread.ts';
import { CLIENT_GONE_CODE, type HttpMetrics } from './http-metrics.ts';
import type { RequestRecord } from './request-record.ts';
import type { TrackedConnection } from './tracked-connection.ts';

/** The requests of one server whose response has not ended, whatever protocol they came by. */
export class ActiveRequests {
  readonly #metrics: HttpMetrics;
  readonly #eventSourceGraceMs: number;
  /** In no order: a record knows its place, so that it comes and goes for less than it would in a set. */
  readonly #active: RequestRecord[] = [];
  #ended = 0;

  /** @param eventSourceGraceMs - Between the AbortSignal of an event stream and its end by the kit. */
  constructor(metrics: HttpMetrics, eventSourceGraceMs: number) {
    this.#metrics = metrics;
    this.#eventSourceGraceMs = eventSourceGraceMs;
  }

  /** Requests whose response has not ended. */
  get size(): number {
    return this.#active.length;
  }

  /** Requests whose response has ended so far, by itself or with its client gone. */
  get ended(): number {
    return this.#ended;
  }

  begin(record: RequestRecord): void {
    record.place = this.#active.length;
    this.#active.push(record);
    this.#metrics.inFlight.inc();
  }

  /** Counts a request's end; does nothing the second time. @returns when it ended, `performance.now()`. */
  end(record: RequestRecord): number | undefined {
    if (!this.#remove(record)) return undefined;
    const { response, controller, startMs } = record;
    const nowMs = performance.now();
    this.#ended += 1;
    this.#metrics.inFlight.dec();
    const code = response.headersSent ? response.statusCode : CLIENT_GONE_CODE;
    this.#metrics.countRequest(record, code, (nowMs - startMs) / 1000);
    if (!response.writableFinished) controller?.abort();
    record.hasEnded = true;
    if (record.onEnded !== undefined) for (const callback of record.onEnded) callback();
    return nowMs;
  }

  /** Those of one connection, to be ended together with it. */
  of(connection: TrackedConnection): RequestRecord[] {
    return this.#active.filter((record) => record.connection === connection);
  }

  /** Event streams never end by themselves: each gets its signal at some time of the window, and then its end. */
  startDraining(windowMs: number): void {
    this.#farewell.begin(windowMs);
  }

  /** Those event streams that are left, or have come since, get their signal now. */
  stopArrivals(): void {
    this.#farewell.end();
  }

  /** Sends the AbortSignal to every handler that has asked for it. */
  abort(reason: unknown): void {
    // Of a copy: what a handler does with its signal may end its request.
    for (const { controller } of [...this.#active]) controller?.abort(reason);
  }

  /** The handlers first; what they leave open is ended after the grace. */
  readonly #endEventSource = (record: RequestRecord): void => {
    const { response, controller } = record;
    controller?.abort(new DOMException('The service is shutting down', 'AbortError'));
    setTimeout(() => {
      if (record.hasEnded) return;
      // A handler that goes on writing meets the end as an error, which nobody may have a listener for.
      response.on('error', () => undefined);
      response.end();
    }, this.#eventSourceGraceMs).unref();
  };

  readonly #farewell = new Spread(() => this.#active.filter(isEventSource), this.#endEventSource);

  /** Puts the last one in the place that gets free. @returns false when it is not there any more. */
  #remove(record: RequestRecord): boolean {
    if (this.#active[record.place] !== record) return false;
    const last = this.#active.pop();
    if (last !== undefined && last !== record) {
      last.place = record.place;
      this.#active[last.place] = last;
    }
    return true;
  }
}

/**
 * Whether the answer goes to an EventSource, which asks again by itself when it ends. A POST with such an answer, or
 * one to somebody else, has an end of its own that must not be cut short.
 */
function isEventSource({ method, request, response }: RequestRecord): boolean {
  if (method !== 'GET' || !response.headersSent) return false;
  return request.headers.accept?.startsWith('text/event-stream') === true;
}
