import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { apiError, unreachable } from './api-error.ts';
import { readApiStatus } from './api-status.ts';

/** One request to the API server. */
export interface Exchange {
  /** Where the API server is, with its path, such as `https://10.0.0.1:443/prefix`. */
  readonly server: string;
  /** HTTP method. */
  readonly method: string;
  /** Path and query on the API server. */
  readonly path: string;
  /** Agent, certificates. */
  readonly options: RequestOptions;
  /** Says who asks, and in what form the answer is wanted. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** @defaultValue 'application/json' */
  readonly contentType?: string;
  /** The answer's headers must come within this time, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the exchange. */
  readonly signal?: AbortSignal | undefined;
}

/** Largest answer to a refused request that is read, in bytes. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/**
 * Sends a request and resolves with the answer as soon as its headers are there and its status is 2xx. Redirects are not
 * followed: credentials go nowhere else.
 *
 * @throws BellowsError `ERR_KUBERNETES_UNREACHABLE`, or by status: see `apiError`.
 */
export function openExchange(exchange: Exchange): Promise<IncomingMessage> {
  const { server, method, path, timeoutMs } = exchange;
  const url = new URL(server + path);
  const body = exchange.body === undefined ? undefined : JSON.stringify(exchange.body);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? requestHttp : requestHttps;
    const request = send(url, {
      ...exchange.options,
      method,
      headers: { ...exchange.headers, ...bodyHeaders(exchange, body) },
      ...(exchange.signal && { signal: exchange.signal }),
    });
    const timer = setTimeout(() => {
      request.destroy(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    // A peer that vanishes without a word is noticed while nothing is sent.
    request.setSocketKeepAlive(true, 30_000);
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(unreachable(server, error));
    });
    request.on('response', (response) => {
      clearTimeout(timer);
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) {
        resolve(response);
        return;
      }
      readText(response, MAX_REFUSAL_BYTES, timeoutMs).then(
        (text) => {
          reject(apiError(`${method} ${path}`, readApiStatus(status, text)));
        },
        () => {
          reject(apiError(`${method} ${path}`, readApiStatus(status, '')));
        },
      );
    });
    request.end(body);
  });
}

function bodyHeaders(exchange: Exchange, body: string | undefined): Record<string, string> {
  if (body === undefined) return {};
  return {
    'content-type': exchange.contentType ?? 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
}

/**
 * The whole body as text.
 *
 * @throws Error when it is larger than `maxBytes`, takes longer than `timeoutMs`, or breaks off.
 */
export async function readText(
  response: IncomingMessage,
  maxBytes: number,
  timeoutMs: number,
): Promise<string> {
  const timer = setTimeout(() => {
    response.destroy(new Error(`the answer took longer than ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, bytes).toString();
  } finally {
    clearTimeout(timer);
  }
}
