import type { IncomingMessage, ServerResponse } from 'node:http';

/** Calls back once, when a request's response has ended: answered in full, cut, or its client gone. */
export function whenEnded(
  _request: IncomingMessage,
  response: ServerResponse,
  callback: () => void,
): void {
  response.once('close', callback);
}
