import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TrackedConnection } from './tracked-connection.ts';

const RECORD = Symbol('bellows.request');

/** What the kit knows about a request it counts. */
export interface RequestRecord {
  readonly method: string;
  readonly response: ServerResponse;
  /** `performance.now()` when its headers were parsed. */
  readonly startMs: number;
  route: string;
  /** Where it came from; undefined when the kit did not see the connection open. */
  readonly connection: TrackedConnection | undefined;
  /** Made when the handler asks for its signal. */
  controller: AbortController | undefined;
}

type Recorded = IncomingMessage & { [RECORD]?: RequestRecord };

/** Keeps the record on the request itself: cheaper than a map, and gone with it. */
export function recordRequest(request: IncomingMessage, record: RequestRecord): void {
  (request as Recorded)[RECORD] = record;
}

/** The record of a request; undefined when it did not come through an attached server. */
export function recordOf(request: IncomingMessage): RequestRecord | undefined {
  return (request as Recorded)[RECORD];
}
