import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runHttpProbe, type HttpTarget } from '../../src/probe/http-probe.ts';
import { CANCELLED, type ProbeReport } from '../../src/probe/probe-report.ts';

const never = new AbortController().signal;

/** Serves `handle` while `use` runs against it. */
async function serving<T>(
  handle: RequestListener,
  use: (target: HttpTarget) => Promise<T>,
): Promise<T> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await use({ scheme: 'HTTP', host: '127.0.0.1', port, path: '/', headers: [] });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const probing = (
  handle: RequestListener,
  change: Partial<HttpTarget> = {},
  timeoutMs = 5000,
): Promise<ProbeReport> =>
  serving(handle, (target) => runHttpProbe({ ...target, ...change }, timeoutMs, never));

test.each([
  [200, 'success'],
  [204, 'success'],
  [304, 'success'],
  [399, 'success'],
  [400, 'failure'],
  [503, 'failure'],
])('status %i is %s', async (status, outcome) => {
  const report = await probing((_, response) => response.writeHead(status).end());
  expect(report.outcome).toBe(outcome);
  if (outcome === 'failure') {
    expect(report.message).toBe(`HTTP probe failed with statuscode: ${status}`);
  }
});

async function requestOf(change: Partial<HttpTarget>): Promise<IncomingMessage> {
  let seen: IncomingMessage | undefined;
  await probing((request, response) => {
    seen = request;
    response.end();
  }, change);
  return seen!;
}

test('asks as the kubelet does', async () => {
  const { headers, method } = await requestOf({});
  expect(method).toBe('GET');
  expect(headers).toMatchObject({
    'user-agent': 'kube-probe/1.37',
    accept: '*/*',
    connection: 'close',
    'accept-encoding': 'gzip',
  });
  expect(headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
});

test('sends the given headers, a Host and a repeated one included', async () => {
  const { headers } = await requestOf({
    headers: [
      { name: 'Host', value: 'shop.example' },
      { name: 'X-A', value: '1' },
      { name: 'X-A', value: '2' },
      { name: 'User-Agent', value: '' },
    ],
  });
  expect(headers).toMatchObject({ host: 'shop.example', 'x-a': '1, 2' });
  expect(headers['user-agent']).toBeUndefined();
});

test.each([
  ['healthz', '/healthz'],
  ['/a?b=c', '/a?b=c'],
  ['/a b#c', '/a%20b'],
  ['/ä%20', '/%C3%A4%20'],
])('asks for %j as %j', async (path, url) => {
  expect((await requestOf({ path })).url).toBe(url);
});

test('follows a redirect to the same host', async () => {
  const report = await probing((request, response) => {
    if (request.url === '/') response.writeHead(302, { location: '/login?next=1' }).end();
    else response.writeHead(request.url === '/login?next=1' ? 500 : 404).end();
  });
  expect(report.message).toBe('HTTP probe failed with statuscode: 500');
});

test('does not follow a redirect to another host: success with a warning', async () => {
  const report = await probing((_, response) =>
    response.writeHead(301, { location: 'http://127.0.0.2:1/' }).end('moved'),
  );
  expect(report).toEqual({
    outcome: 'success',
    message: 'Probe terminated redirects, Response body: moved',
    statusCode: 301,
    warning: true,
  });
});

test('gives up after ten redirects', async () => {
  const report = await probing((_, response) => response.writeHead(302, { location: '/' }).end());
  expect(report).toEqual({ outcome: 'failure', message: 'stopped after 10 redirects' });
});

test('an answer that does not come in time is a failure', async () => {
  const report = await probing(() => undefined, {}, 100);
  expect(report.outcome).toBe('failure');
  expect(report.message).toContain('context deadline exceeded');
});

test('an answer that breaks off in its body is thrown away', async () => {
  const report = await probing((_, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('12345', () => response.destroy());
  });
  expect(report.outcome).toBe('error');
});

test('does not read an endless body to its end', async () => {
  const report = await probing((_, response) => {
    const chunk = 'x'.repeat(1024);
    const more = (): void => {
      if (!response.destroyed) response.write(chunk, more);
    };
    more();
  });
  expect(report.outcome).toBe('success');
});

test('a refused connection says so, with its target', async () => {
  const target = await serving(
    () => undefined,
    (target) => Promise.resolve(target),
  );
  const report = await runHttpProbe(target, 1000, never);
  expect(report).toMatchObject({ outcome: 'failure', refused: true });
  expect(report.message).toBe(
    `Get "http://127.0.0.1:${target.port}/": dial tcp 127.0.0.1:${target.port}: connect: connection refused`,
  );
});

test.each([
  ['a header that HTTP cannot carry', { headers: [{ name: 'a b', value: '\n' }] }],
  ['half a surrogate', { path: '/\ud800' }],
])('%s breaks nothing', async (_, change) => {
  expect(['failure', 'error', 'success']).toContain(
    (await probing((_, response) => response.end(), change)).outcome,
  );
});

test('one that is called off closes its connection at once', async () => {
  const caller = new AbortController();
  let closed: Promise<unknown> = Promise.reject(new Error('never asked'));
  closed.catch(() => undefined);
  const handle: RequestListener = (request) => {
    closed = once(request.socket, 'close');
    caller.abort();
  };
  await serving(handle, async (target) => {
    expect(await runHttpProbe(target, 60_000, caller.signal)).toBe(CANCELLED);
    await closed;
    expect(await runHttpProbe(target, 60_000, caller.signal)).toBe(CANCELLED);
  });
});
