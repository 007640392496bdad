import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';

const MIN_RETRY_AFTER_SECONDS = 1;
const RETRY_AFTER_SPREAD_SECONDS = 4;

/**
 * Answers 503 with a `Retry-After` of 1 to 4 seconds, spread so that the refused do not all come back together.
 * Does nothing once headers are sent. @returns whether it answered.
 */
export function answerShed(response: ServerResponse | Http2ServerResponse): boolean {
  if (response.headersSent || response.writableEnded) return false;
  const retryAfterSeconds =
    MIN_RETRY_AFTER_SECONDS + Math.floor(Math.random() * RETRY_AFTER_SPREAD_SECONDS);
  response.statusCode = 503;
  response.setHeader('Retry-After', retryAfterSeconds);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('no room for this request now\n');
  return true;
}
