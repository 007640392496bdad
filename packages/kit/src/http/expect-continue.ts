import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

type Response = ServerResponse | Http2ServerResponse;
type Listener = (
  request: IncomingMessage & Http2ServerRequest,
  response: ServerResponse & Http2ServerResponse,
) => void;

/** By response, how many still hold its `100 Continue` back; gone when it was written. */
const HOLDS = new WeakMap<Response, number>();
/** The listeners of this module: any other one says that the service handles such requests itself. */
const OWN = new WeakSet<object>();

/**
 * Lets handlers run before `100 Continue` is written, which Node writes first: who refuses a request then does so
 * before its client has sent the body. It is written when the handlers have returned, unless they have answered, or
 * {@link holdContinue} was called. A service that listens for `checkContinue` itself goes on to decide.
 * @param onRequest - Called first with each of them.
 * @returns a function that lets go of the server.
 */
export function deferContinue(
  server: EventEmitter,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void = () => undefined,
): () => void {
  const onCheckContinue: Listener = (request, response) => {
    onRequest(request, response);
    if (server.listeners('checkContinue').some((listener) => !OWN.has(listener))) return;
    if (HOLDS.has(response)) return;
    HOLDS.set(response, 1);
    server.emit('request', request, response);
    releaseContinue(response);
  };
  OWN.add(onCheckContinue);
  server.prependListener('checkContinue', onCheckContinue);
  return () => {
    server.off('checkContinue', onCheckContinue);
  };
}

/** Holds a response's `100 Continue` back until {@link releaseContinue}; without effect when its client waits for none. */
export function holdContinue(response: Response): void {
  const holds = HOLDS.get(response);
  if (holds !== undefined) HOLDS.set(response, holds + 1);
}

/** Ends one hold: with the last one `100 Continue` is written, unless the response has begun. */
export function releaseContinue(response: Response): void {
  const holds = HOLDS.get(response);
  if (holds === undefined || holds === 0) return;
  HOLDS.set(response, holds - 1);
  if (holds === 1 && !response.headersSent && !response.writableEnded) response.writeContinue();
}
