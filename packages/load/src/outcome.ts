import type { IncomingMessage } from 'node:http';
import type { Outcome } from './request-account.ts';

/** What a complete answer means: 429, and 503 with `Retry-After`, are shed; other 5xx are lost. */
export function outcomeOfAnswer(
  response: Pick<IncomingMessage, 'statusCode' | 'headers'>,
): Outcome {
  const status = response.statusCode ?? 0;
  const hasRetryAfter = response.headers['retry-after'] !== undefined;
  if (status === 429 || (status === 503 && hasRetryAfter)) return { kind: 'shed' };
  if (status >= 500) return { kind: 'lost', loss: 'serverError', detail: `status ${status}` };
  return { kind: 'answered' };
}

/**
 * What an error of a request or of its answer means.
 *
 * - No connection: `refused`; but one that was accepted and reset while it was set up is `reset`.
 * - A reset, or an end before the headers of the answer were complete: `reset`.
 * - An end within the body: `truncated`.
 * - Bytes that are no HTTP/1.1 answer: `serverError`.
 *
 * @param hasHeaders - Whether the headers of the answer had come.
 */
export function outcomeOfError(error: NodeJS.ErrnoException, hasHeaders: boolean): Outcome {
  const code = error.code ?? '';
  const detail = error.message;
  if (code.startsWith('HPE_')) {
    return { kind: 'lost', loss: 'serverError', detail: `malformed answer: ${detail}` };
  }
  const isReset = code === 'ECONNRESET' || code === 'EPIPE';
  const isBeforeConnection = error.syscall === 'connect' || error.syscall === 'getaddrinfo';
  if (isBeforeConnection && !isReset) return { kind: 'lost', loss: 'refused', detail };
  // Node names an end without the rest ECONNRESET too, but no system call said so.
  if (hasHeaders && error.syscall === undefined) return { kind: 'lost', loss: 'truncated', detail };
  return { kind: 'lost', loss: 'reset', detail };
}
