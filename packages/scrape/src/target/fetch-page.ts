import { get, type Agent, type IncomingMessage } from 'node:http';
import { BellowsError } from '@bellows/core';

/** Bounds of {@link fetchPage}. */
export interface FetchPageOptions {
  /** Its connections are used; destroying it ends the fetch. */
  readonly agent: Agent;
  /** The whole exchange must end within this time, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest body that is read, in bytes. */
  readonly maxBytes: number;
}

/** Text 0.0.4 is asked for, as it is what is read. Pages travel over loopback, so no compression. */
const HEADERS = { accept: 'text/plain;version=0.0.4,*/*;q=0.1', 'user-agent': 'bellows' };

/**
 * Fetches a page by HTTP. Redirects are not followed.
 *
 * @param url - Begins with `http:`.
 * @throws {@link BellowsError} `ERR_SCRAPE_TARGET` when the target cannot be reached, answers with
 *   another status than 200, too late, or with too large a page.
 */
export function fetchPage(url: string, options: FetchPageOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: options.agent, headers: HEADERS });
    const fail = (fact: string, cause?: unknown): void => {
      clearTimeout(timer);
      request.destroy();
      reject(new BellowsError('ERR_SCRAPE_TARGET', `${url} ${fact}`, { cause }));
    };
    const timer = setTimeout(() => {
      fail(`did not answer within ${options.timeoutMs} ms`);
    }, options.timeoutMs);
    request.on('error', (error) => {
      fail(`could not be read: ${error.message}`, error);
    });
    request.on('response', (response) => {
      readPage(response, options.maxBytes).then(
        (page) => {
          clearTimeout(timer);
          resolve(page);
        },
        (error: unknown) => {
          fail(error instanceof Error ? error.message : String(error), error);
        },
      );
    });
  });
}

async function readPage(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (response.statusCode !== 200) {
    throw new Error(`answered ${String(response.statusCode)}, expected 200`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`sent more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}
