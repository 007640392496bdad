import {
  request as requestHttp,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { readContentType, SCRAPE_ACCEPT, type ExpositionSyntax } from '@bellows/exposition';
import { connectFailure } from './connect-failure.ts';
import type { PageBuffers, PageInParts } from './page-buffers.ts';
import { ScrapeError } from './scrape-error.ts';

/** Takes a page; its bytes are of use until the answer is there. */
export type ReadPage<T> = (bytes: Uint8Array, syntax: ExpositionSyntax) => T | Promise<T>;

/** What to fetch, and its bounds. */
export interface FetchPageOptions {
  /** Its connections are used; destroying it ends the fetch. Of `node:https` for an `https:` address. */
  readonly agent: Agent;
  /** The whole exchange must end within this time, in milliseconds; reading the page is no part of it. */
  readonly timeoutMs: number;
  /** Where pages are put together. */
  readonly buffers: PageBuffers;
  /** Largest body that is read, in bytes. */
  readonly maxBytes: number;
  /** Sent as `Authorization: Bearer`. @defaultValue none is sent */
  readonly bearerToken?: string;
}

/**
 * What is read is asked for, and nothing compressed: pages travel over loopback or a pod network, where
 * compressing costs more than it saves, and what is not unpacked cannot blow up.
 */
const HEADERS = {
  accept: SCRAPE_ACCEPT,
  'accept-encoding': 'identity',
  'user-agent': 'bellows',
};

/**
 * Fetches a page by HTTP. Redirects are not followed.
 *
 * A kept-alive connection that the target has closed meanwhile is no failure: the page is asked for once more
 * on a new one.
 *
 * @param url - Begins with `http:` or `https:`.
 * @param read - Its answer is the fetch's, and what it throws is thrown.
 * @throws {@link ScrapeError} when the target cannot be reached, answers with another status than 200, with
 *   something that is no text of metrics, too late, or with too large a page. The message names no address.
 */
export async function fetchPage<T>(
  url: URL,
  options: FetchPageOptions,
  read: ReadPage<T>,
): Promise<T> {
  const deadlineMs = performance.now() + options.timeoutMs;
  try {
    return await fetchOnce(url, options, read);
  } catch (error) {
    if (!(error instanceof StaleConnectionError)) throw error;
    const leftMs = Math.max(1, Math.round(deadlineMs - performance.now()));
    return await fetchOnce(url, { ...options, timeoutMs: leftMs }, read);
  }
}

/** The target had closed the kept-alive connection before the request came. */
class StaleConnectionError extends ScrapeError {}

function fetchOnce<T>(url: URL, options: FetchPageOptions, read: ReadPage<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const page = options.buffers.begin();
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, { agent: options.agent, headers: headersOf(options) });
    let isOver = false;
    /** Whether this is the end: what comes after it changes nothing. */
    const end = (): boolean => {
      const isFirst = !isOver;
      isOver = true;
      clearTimeout(timer);
      return isFirst;
    };
    const fail = (error: ScrapeError): void => {
      if (!end()) return;
      page.release();
      reject(error);
      request.destroy();
    };
    const timer = setTimeout(() => {
      fail(new ScrapeError('timeout', `did not answer within ${options.timeoutMs} ms`));
    }, options.timeoutMs);
    request.on('error', (error) => {
      fail(requestFailure(request, error));
    });
    request.on('response', (response) => {
      receive(response, { page, maxBytes: options.maxBytes, fail }, (syntax) => {
        if (end()) resolve(readAndRelease(page, syntax, read));
      });
    });
    request.end();
  });
}

async function readAndRelease<T>(
  page: PageInParts,
  syntax: ExpositionSyntax,
  read: ReadPage<T>,
): Promise<T> {
  try {
    return await read(page.bytes(), syntax);
  } finally {
    page.release();
  }
}

/** Where an answer goes. */
interface Receiver {
  readonly page: PageInParts;
  readonly maxBytes: number;
  readonly fail: (error: ScrapeError) => void;
}

function receive(
  response: IncomingMessage,
  { page, maxBytes, fail }: Receiver,
  finish: (syntax: ExpositionSyntax) => void,
): void {
  const syntax = syntaxOfAnswer(response);
  if (syntax instanceof ScrapeError) {
    fail(syntax);
    return;
  }
  response.on('data', (chunk: Buffer) => {
    if (page.length + chunk.length > maxBytes) {
      fail(new ScrapeError('body_size', `sent more than ${maxBytes} bytes`));
    } else page.add(chunk);
  });
  response.on('error', (cause) => {
    fail(new ScrapeError('closed', 'closed the connection in the middle of its page', { cause }));
  });
  response.on('end', () => {
    finish(syntax);
  });
}

function headersOf({ bearerToken }: FetchPageOptions): Readonly<Record<string, string>> {
  if (bearerToken === undefined) return HEADERS;
  return { ...HEADERS, authorization: `Bearer ${bearerToken}` };
}

function requestFailure(request: ClientRequest, cause: Error): ScrapeError {
  const isClosed = 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');
  if (request.reusedSocket && isClosed) {
    return new StaleConnectionError('closed', 'closed the connection', { cause });
  }
  return connectFailure(cause);
}

/** By what an answer is read, or why it is not, by its head. */
function syntaxOfAnswer({
  statusCode = 0,
  headers,
}: IncomingMessage): ExpositionSyntax | ScrapeError {
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    return new ScrapeError('redirect', `answered ${statusCode}, a redirect, which is not followed`);
  }
  if (statusCode !== 200) return new ScrapeError('status', `answered ${statusCode}, expected 200`);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const message = `sent ${quoted(encoding)} content, which was not asked for`;
    return new ScrapeError('content_encoding', message);
  }
  const contentType = headers['content-type'];
  // Many a small service leaves it out; what is no text of metrics fails at its first line.
  if (contentType === undefined) return 'text';
  const message = `answered ${quoted(contentType)}, expected text/plain or application/openmetrics-text`;
  return readContentType(contentType) ?? new ScrapeError('content_type', message);
}

/** What a target sends may be long, and of any bytes. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
