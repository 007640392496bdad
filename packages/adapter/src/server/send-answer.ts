import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer } from './answer.ts';

/** Smaller bodies are not worth the time, as in the API server. @see kubernetes/apiserver v0.37.2 pkg/endpoints/handlers/responsewriters/writers.go defaultGzipThresholdBytes */
const GZIP_FROM_BYTES = 128 * 1024;
const compress = promisify(gzip);

/** Sends an answer: without a body when the client has it already or asks for none, compressed when it is large and the client takes that. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  const headers: Record<string, string> = {
    'cache-control': 'no-cache, private',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    ...(answer.etag !== undefined && { etag: answer.etag }),
  };
  if (answer.etag !== undefined && has(request.headers['if-none-match'], answer.etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers['content-type'] = answer.contentType;
  let { body } = answer;
  if (body.length >= GZIP_FROM_BYTES && takesGzip(request.headers['accept-encoding'])) {
    body = await compress(body, { level: 1 });
    headers['content-encoding'] = 'gzip';
    headers['vary'] = [answer.headers?.['vary'], 'Accept-Encoding'].filter(Boolean).join(', ');
  }
  if (response.destroyed) return;
  headers['content-length'] = String(body.length);
  response.writeHead(answer.status, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

function has(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  return String(acceptEncoding ?? '')
    .split(',')
    .some((part) => {
      const [name = '', ...rest] = part.split(';').map((text) => text.trim().toLowerCase());
      return name === 'gzip' && !rest.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
}
