import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Http2ServerRequest, ServerHttp2Stream } from 'node:http2';
import type { TrackedConnection } from './tracked-connection.ts';

const RECORD = Symbol('bellows.request');

/** What the kit asks of a response: `http.ServerResponse`, or a stream of HTTP/2 made to look like one. */
export interface AnswerView {
  readonly headersSent: boolean;
  readonly statusCode: number;
  readonly destroyed: boolean;
  readonly writableFinished: boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(): unknown;
}

/** What the kit knows about a request it counts. */
export interface RequestRecord {
  readonly method: string;
  readonly request: { readonly headers: IncomingHttpHeaders };
  readonly response: AnswerView;
  /** `performance.now()` when its headers were parsed. */
  readonly startMs: number;
  route: string;
  /** Where it stands among the requests under way. */
  place: number;
  /** Where it came from; undefined for HTTP/2, and when the kit did not see the connection open. */
  readonly connection: TrackedConnection | undefined;
  /** Made when the handler asks for its signal. */
  controller: AbortController | undefined;
  /** Called when the response has ended, however that came. */
  onEnded: (() => void)[] | undefined;
  hasEnded: boolean;
}

/** What a service has in its hands of a request. */
export type AnyRequest = IncomingMessage | Http2ServerRequest | ServerHttp2Stream;

interface Recorded {
  [RECORD]?: RequestRecord;
  readonly stream?: { [RECORD]?: RequestRecord };
}

/** Keeps the record on the request or stream itself: cheaper than a map, and gone with it. */
export function recordRequest(
  request: IncomingMessage | ServerHttp2Stream,
  record: RequestRecord,
): void {
  (request as Recorded)[RECORD] = record;
}

/** The record of a request; undefined when it did not come through an attached server. */
export function recordOf(request: AnyRequest): RequestRecord | undefined {
  const recorded = request as Recorded;
  return recorded[RECORD] ?? recorded.stream?.[RECORD];
}
