import type { IncomingMessage } from 'node:http';

/** The body is larger than allowed. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a request's body as text.
 *
 * @param maxBytes - More than that is not kept.
 * @throws BodyTooLargeError, as rejection, when there is more; what is left is read and dropped, so that the
 * answer is not lost to a reset connection.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  if (bytes > maxBytes) throw new BodyTooLargeError(`Expected at most ${maxBytes} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}
