import {
  request as requestHttp,
  type Agent,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { readContentType, SCRAPE_ACCEPT, type ExpositionSyntax } from '@bellows/exposition';
import { connectFailure } from './connect-failure.ts';
import { ScrapeError } from './scrape-error.ts';

/** A page as it came. */
export interface FetchedPage {
  readonly bytes: Buffer;
  readonly syntax: ExpositionSyntax;
}

/** What to fetch, and its bounds. */
export interface FetchPageOptions {
  /** Its connections are used; destroying it ends the fetch. Of `node:https` for an `https:` address. */
  readonly agent: Agent;
  /** The whole exchange must end within this time, in milliseconds. */
  readonly timeoutMs: number;
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
 * @throws {@link ScrapeError} when the target cannot be reached, answers with another status than 200, with
 *   something that is no text of metrics, too late, or with too large a page. The message names no address.
 */
export async function fetchPage(url: URL, options: FetchPageOptions): Promise<FetchedPage> {
  const deadlineMs = performance.now() + options.timeoutMs;
  try {
    return await fetchOnce(url, options, options.timeoutMs);
  } catch (error) {
    if (!(error instanceof StaleConnectionError)) throw error;
    const leftMs = Math.max(1, deadlineMs - performance.now());
    return await fetchOnce(url, options, leftMs);
  }
}

/** The target had closed the kept-alive connection before the request came. */
class StaleConnectionError extends ScrapeError {}

function fetchOnce(url: URL, options: FetchPageOptions, timeoutMs: number): Promise<FetchedPage> {
  return new Promise((resolve, reject) => {
    const { agent, bearerToken } = options;
    const headers =
      bearerToken === undefined ? HEADERS : { ...HEADERS, authorization: `Bearer ${bearerToken}` };
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(url, { agent, headers });
    const end = (outcome: ScrapeError | FetchedPage): void => {
      clearTimeout(timer);
      if (outcome instanceof ScrapeError) {
        reject(outcome);
        request.destroy();
      } else resolve(outcome);
    };
    const timer = setTimeout(() => {
      end(new ScrapeError('timeout', `did not answer within ${options.timeoutMs} ms`));
    }, timeoutMs);
    request.on('error', (error) => {
      end(requestFailure(request, error));
    });
    request.on('response', (response) => {
      readPage(response, options.maxBytes, end);
    });
    request.end();
  });
}

function requestFailure(request: ClientRequest, cause: Error): ScrapeError {
  const isClosed = 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');
  if (request.reusedSocket && isClosed) {
    return new StaleConnectionError('closed', 'closed the connection', { cause });
  }
  return connectFailure(cause);
}

function readPage(
  response: IncomingMessage,
  maxBytes: number,
  end: (outcome: ScrapeError | FetchedPage) => void,
): void {
  const syntax = syntaxOfAnswer(response);
  if (syntax instanceof ScrapeError) {
    end(syntax);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) end(new ScrapeError('body_size', `sent more than ${maxBytes} bytes`));
    else chunks.push(chunk);
  });
  response.on('error', (cause) => {
    end(new ScrapeError('closed', 'closed the connection in the middle of its page', { cause }));
  });
  response.on('end', () => {
    end({ bytes: Buffer.concat(chunks, bytes), syntax });
  });
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
