import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SCRAPE_ACCEPT } from '@bellows/exposition';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchPage as fetchAndRead, type FetchPageOptions } from '../../src/target/fetch-page.ts';
import { PageAgent } from '../../src/target/page-agent.ts';
import { PageBuffers } from '../../src/target/page-buffers.ts';

let options: FetchPageOptions;
let server: Server | undefined;
beforeEach(() => {
  options = {
    agent: new PageAgent(),
    buffers: new PageBuffers(),
    timeoutMs: 5000,
    maxBytes: 1000,
  };
});
afterEach(() => {
  options.agent.destroy();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

const fetchPage = (
  url: URL,
  how: FetchPageOptions,
): Promise<{ readonly text: string; readonly syntax: string }> =>
  fetchAndRead(url, how, (bytes, syntax) => ({ text: Buffer.from(bytes).toString(), syntax }));

async function serve(listener: RequestListener): Promise<URL> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
}

test('a page comes as it is, and what we read is asked for', async () => {
  const url = await serve((request, response) => {
    response.end(`accept ${String(request.headers.accept)}`);
  });
  const { text, syntax } = await fetchPage(url, options);
  expect(text).toBe(`accept ${SCRAPE_ACCEPT}`);
  expect(syntax).toBe('text');
});

test('one connection serves one scrape after the other', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('up 1\n');
  });
  await fetchPage(url, options);
  await fetchPage(url, options);
  expect(ports.size).toBe(1);
});

test.each([301, 404, 503])('status %i is a failure, whatever the body', async (status) => {
  const url = await serve((_, response) => {
    response.writeHead(status).end('up 1\n');
  });
  await expect(fetchPage(url, options)).rejects.toMatchObject({
    code: 'ERR_SCRAPE_TARGET',
    message: `answered ${status}, expected 200`,
  });
});

test('a page above the limit is a failure, and its connection ends', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const url = await serve((request, response) => {
    closed = new Promise((resolve) => {
      request.socket.on('error', () => undefined).on('close', resolve);
    });
    const flood = (): void => {
      if (!response.destroyed) response.write('x'.repeat(600), flood);
    };
    flood();
  });
  await expect(fetchPage(url, options)).rejects.toMatchObject({
    message: `sent more than 1000 bytes`,
  });
  await closed;
});

test('a target that answers too late is a failure, before and after its headers', async () => {
  const silent = await serve(() => undefined);
  await expect(fetchPage(silent, { ...options, timeoutMs: 50 })).rejects.toMatchObject({
    code: 'ERR_SCRAPE_TARGET',
    message: `did not answer within 50 ms`,
  });
  server?.closeAllConnections();
  server?.close();
  const slow = await serve((_, response) => {
    response.write('up 1\n');
  });
  await expect(fetchPage(slow, { ...options, timeoutMs: 50 })).rejects.toMatchObject({
    message: `did not answer within 50 ms`,
  });
});

test('a target nobody listens on is a failure', async () => {
  const url = await serve(() => undefined);
  server?.close();
  await expect(fetchPage(url, options)).rejects.toMatchObject({
    code: 'ERR_SCRAPE_TARGET',
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
});

test('a connection that ends in the middle of a page is a failure', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('up 1\n', () => response.destroy());
  });
  await expect(fetchPage(url, options)).rejects.toMatchObject({ code: 'ERR_SCRAPE_TARGET' });
});

test('destroying the agent ends a fetch', async () => {
  const arrived = new Promise<void>((resolve) => {
    void serve(() => {
      resolve();
    }).then((url) => {
      fetching = fetchPage(url, options);
      fetching.catch(() => undefined);
    });
  });
  let fetching: Promise<unknown> = Promise.resolve();
  await arrived;
  options.agent.destroy();
  await expect(fetching).rejects.toMatchObject({ code: 'ERR_SCRAPE_TARGET' });
});

test('a kept connection that is closed at the next request is no failure', async () => {
  let requests = 0;
  const url = await serve((request, response) => {
    requests += 1;
    // As where the target's time to keep it runs out just when the request is under way.
    if (requests === 2) request.socket.resetAndDestroy();
    else response.end('up 1\n');
  });
  await fetchPage(url, options);
  expect((await fetchPage(url, options)).text).toBe('up 1\n');
  expect(requests).toBe(3);
});

test('a new connection that is closed without an answer is a failure', async () => {
  const url = await serve((request) => request.socket.resetAndDestroy());
  await expect(fetchPage(url, options)).rejects.toMatchObject({
    reason: 'closed',
    message: 'closed the connection without an answer',
  });
});

test('a token is sent where there is one', async () => {
  const url = await serve((request, response) => {
    response.end(String(request.headers.authorization));
  });
  const askedWith = async (bearerToken?: string): Promise<string> => {
    const page = await fetchPage(url, { ...options, ...(bearerToken && { bearerToken }) });
    return page.text;
  };
  expect([await askedWith(), await askedWith('secret')]).toEqual(['undefined', 'Bearer secret']);
});

test.each([
  ['text/plain; version=1.0.0; escaping=allow-utf-8', 'text'],
  ['application/openmetrics-text; version=1.0.0; charset=utf-8', 'openmetrics'],
])('%s is read as %s', async (contentType, syntax) => {
  const url = await serve((_, response) => {
    response.setHeader('content-type', contentType).end('up 1\n');
  });
  expect((await fetchPage(url, options)).syntax).toBe(syntax);
});

test.each(['text/html; charset=utf-8', 'application/json', 'application/vnd.google.protobuf', ''])(
  'an answer of %j is no page',
  async (contentType) => {
    const url = await serve((_, response) => {
      response.setHeader('content-type', contentType).end('up 1\n');
    });
    await expect(fetchPage(url, options)).rejects.toMatchObject({
      reason: 'content_type',
      message: `answered ${JSON.stringify(contentType)}, expected text/plain or application/openmetrics-text`,
    });
  },
);

test('compressed content is refused unread, and none is asked for', async () => {
  const url = await serve((request, response) => {
    expect(request.headers['accept-encoding']).toBe('identity');
    response.setHeader('content-encoding', 'gzip').end(gzipSync('up 1\n'));
  });
  await expect(fetchPage(url, options)).rejects.toMatchObject({
    reason: 'content_encoding',
    message: 'sent "gzip" content, which was not asked for',
  });
});

test('what reading the page throws is thrown, and the connection is kept', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('up 1\n');
  });
  const refuse = (): never => {
    throw new Error('no page');
  };
  await expect(fetchAndRead(url, options, refuse)).rejects.toThrow('no page');
  expect((await fetchPage(url, options)).text).toBe('up 1\n');
  expect(ports.size).toBe(1);
});
