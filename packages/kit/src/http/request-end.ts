import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { recordOf, type AnyRequest } from './request-record.ts';

/**
 * Calls back once, when a request's response has ended: answered in full, cut, or its client gone; at once when it
 * has already.
 * @param response - Tells the end of a request that no attached server took. Then it can miss the end of one that was
 * pipelined behind another when their connection is cut.
 */
export function whenEnded(
  request: AnyRequest,
  response: ServerResponse | Http2ServerResponse | undefined,
  callback: () => void,
): void {
  const record = recordOf(request);
  if (record === undefined) response?.once('close', callback);
  else if (record.hasEnded) callback();
  else (record.onEnded ??= []).push(callback);
}
