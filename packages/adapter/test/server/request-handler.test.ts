import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { waitUntil } from '@bellows/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../fixtures/memory-source.ts';
import { testAuthority } from '../fixtures/certificates.ts';
import { startTestServer } from '../fixtures/metrics-server.ts';
import type { Source } from '../../src/source/source.ts';

const LISTED = '/apis/custom.metrics.k8s.io/v1beta2';
const EXTERNAL = '/apis/external.metrics.k8s.io/v1beta1/namespaces/ns/lag';
const WAIT = { timeoutMs: 25_000 };

/** A source whose reads wait until they are let go, or for ever. */
function waitingSource(): {
  source: Source;
  begun: () => number;
  aborted: () => number;
  letGo: () => void;
} {
  let [begun, aborted] = [0, 0];
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const source = memorySource({
    external: {
      list: () => [],
      read: async (_request, signal) => {
        begun += 1;
        signal.addEventListener('abort', () => (aborted += 1));
        await gone;
        return [];
      },
    },
  });
  return { source, begun: () => begun, aborted: () => aborted, letGo };
}

describe('clients that go away', () => {
  test('four of five probes that are given up leave no error in the log and nothing open', async () => {
    const { source, begun, aborted, letGo } = waitingSource();
    await using server = await startTestServer({ sources: [source] });
    const given = Array.from({ length: 4 }, () => {
      const request = httpsRequest({
        ...{ host: '127.0.0.1', port: server.port, path: EXTERNAL, agent: false },
        rejectUnauthorized: false,
      });
      request.on('error', () => undefined).end();
      return request;
    });
    const kept = server.ask(EXTERNAL);
    await waitUntil('all are asked', () => begun() === 5, WAIT);
    for (const request of given) request.destroy();
    await waitUntil('four are given up', () => aborted() === 4, WAIT);
    letGo();
    expect((await kept).status).toBe(200);
    await waitUntil('five are reported', () => server.reports.length === 5, WAIT);
    expect(server.reports.map(({ code }) => code).toSorted()).toEqual([200, 499, 499, 499, 499]);
    expect(server.logged).toEqual([]);
  });
});

describe('limits', () => {
  test('too many reads are refused with 429 and when to come again, lists go on', async () => {
    const { source, begun, letGo } = waitingSource();
    await using server = await startTestServer({
      sources: [source],
      limits: { maxConcurrentReads: 1 },
    });
    const first = server.ask(EXTERNAL);
    await waitUntil('one is read', () => begun() === 1, WAIT);
    const refused = await server.ask(EXTERNAL);
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    expect(refused.json()).toMatchObject({ details: { retryAfterSeconds: 1 } });
    expect((await server.ask(LISTED)).status).toBe(200);
    letGo();
    expect((await first).status).toBe(200);
    expect((await server.ask(EXTERNAL)).status).toBe(200);
  });

  test('a source that never answers is given up with 504', async () => {
    const { source } = waitingSource();
    await using server = await startTestServer({
      sources: [source],
      limits: { answerTimeoutMs: 50 },
    });
    const answer = await server.ask(EXTERNAL);
    expect(answer.status).toBe(504);
    expect(answer.json()).toMatchObject({
      reason: 'Timeout',
      message: expect.stringContaining('50 ms') as string,
    });
  });

  test('long URLs and headers are refused', async () => {
    await using server = await startTestServer();
    const long = await server.ask(`${EXTERNAL}?labelSelector=${'a'.repeat(17_000)}`);
    expect(long.status).toBe(414);
    const answer = await server.ask(EXTERNAL, { headers: { 'x-long': 'a'.repeat(40_000) } });
    expect(answer.status).toBe(431);
    expect(server.logged).toEqual([]);
  });

  test('a connection that is old enough ends with its answer', async () => {
    await using server = await startTestServer({ limits: { maxConnectionAgeMs: 0 } });
    const answer = await server.ask(LISTED, { headers: { connection: 'keep-alive' } });
    expect(answer.headers.connection).toBe('close');
  });

  test('headers that never end are not waited for', async () => {
    await using server = await startTestServer({ limits: { headersTimeoutMs: 200 } });
    const socket = await open(server.port);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
    await once(socket.resume(), 'close');
    expect((await server.ask('/livez')).status).toBe(200);
  });
});

describe('TLS', () => {
  test('below 1.2 is refused', async () => {
    await using server = await startTestServer();
    const old: ConnectionOptions = {
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    };
    await expect(open(server.port, old)).rejects.toThrow();
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = await open(server.port, { minVersion: version, maxVersion: version });
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    }
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'no session of %s is taken up again',
    async (version) => {
      await using server = await startTestServer();
      const first = await open(server.port, { minVersion: version, maxVersion: version });
      let session = first.getSession();
      first.on('session', (offered) => {
        session = offered;
      });
      first.write('GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      await once(first.resume(), 'close');
      const again = await open(server.port, { minVersion: version, maxVersion: version, session });
      expect(again.isSessionReused()).toBe(false);
      again.destroy();
    },
  );

  test('a new certificate is shown on the next connection, and connections go on', async () => {
    await using server = await startTestServer();
    const before = await open(server.port);
    const next = await (await testAuthority('next')).issue('CN=next', { use: 'server' });
    server.server.setCertificate(next);
    const after = await open(server.port);
    expect(after.getPeerCertificate().subject.CN).toBe('next');
    before.write('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n');
    const [data] = (await once(before, 'data')) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1\.1 200/);
    expect(() => {
      server.server.setCertificate({ ...next, key: 'none' });
    }).toThrow();
    for (const socket of [before, after]) socket.destroy();
  });
});

describe('answers', () => {
  test('lists have a hash, by which they need not be sent again', async () => {
    await using server = await startTestServer();
    for (const path of [LISTED, '/apis', '/openapi/v2', '/openapi/v3', `/openapi/v3${LISTED}`]) {
      const { headers } = await server.ask(path);
      const etag = headers.etag ?? '';
      expect(etag).toMatch(/^"[0-9A-F]{32}"$/);
      const again = await server.ask(path, { headers: { 'if-none-match': etag } });
      expect(again).toMatchObject({ status: 304, text: '', headers: { etag } });
      const other = await server.ask(path, { headers: { 'if-none-match': '"other"' } });
      expect(other.status).toBe(200);
    }
  });

  test('large ones are compressed for those who take that', async () => {
    const list = Array.from({ length: 4_000 }, (_, at) => `metric_with_a_long_name_${at}`);
    const source = memorySource({
      external: { list: () => list, read: () => Promise.resolve(undefined) },
    });
    await using server = await startTestServer({ sources: [source] });
    const path = '/apis/external.metrics.k8s.io/v1beta1';
    const plain = await server.ask(path);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const socket = await open(server.port);
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`,
    );
    const parts: Buffer[] = [];
    for await (const part of socket) parts.push(part as Buffer);
    const bytes = Buffer.concat(parts);
    const head = bytes.indexOf('\r\n\r\n');
    expect(bytes.subarray(0, head).toString().toLowerCase()).toContain('content-encoding: gzip');
    expect(gunzipSync(bytes.subarray(head + 4)).toString()).toBe(plain.text);
  });

  test('groups come in the form that is asked for, and not at all in one that cannot be given', async () => {
    await using server = await startTestServer();
    const form = (version: string) =>
      `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    const ask = (accept: string) => server.ask('/apis', { headers: { accept } });
    for (const version of ['v2', 'v2beta1']) {
      const answer = await ask(form(version));
      expect(answer.headers['content-type']).toBe(form(version));
      expect(answer.json()['apiVersion']).toBe(`apidiscovery.k8s.io/${version}`);
    }
    expect((await ask(`${form('v2')},${form('v2beta1')},application/json`)).json()['kind']).toBe(
      'APIGroupDiscoveryList',
    );
    expect((await ask(form('v3'))).status).toBe(406);
    expect((await ask(`${form('v3')},application/json`)).json()['kind']).toBe('APIGroupList');
  });

  test('a mistake of a source is logged and not told', async () => {
    const source = memorySource({
      external: { list: () => [], read: () => Promise.reject(new Error('password=secret')) },
    });
    await using server = await startTestServer({ sources: [source] });
    const answer = await server.ask(EXTERNAL);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
    expect(server.logged).toHaveLength(1);
  });
});

describe('whatever is sent', () => {
  test('no bytes end the server', async () => {
    await using server = await startTestServer();
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .string({ unit: 'binary' })
        .map((text) => Buffer.from(`GET /${text} HTTP/1.1\r\nHost: a\r\n\r\n`)),
      fc
        .tuple(fc.string(), fc.string({ unit: 'binary' }))
        .map(([name, value]) =>
          Buffer.from(`GET / HTTP/1.1\r\n${name}: ${value}\r\n\r\n`, 'latin1'),
        ),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const socket = await open(server.port);
        const closed = once(socket.resume(), 'close');
        socket.on('error', () => undefined);
        socket.end(sent);
        await closed;
      }),
      { numRuns: 60 },
    );
    expect((await server.ask('/livez')).status).toBe(200);
    expect(server.logged).toEqual([]);
  });

  test('no path, selector or Accept is a mistake of ours', async () => {
    await using server = await startTestServer();
    const part = fc.oneof(
      fc.constantFrom('namespaces', 'default', 'pods', '*', 'rps', '%2A', '..', '%', '%00', ''),
      fc
        .string({ unit: 'binary', maxLength: 8 })
        .map((text) => encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, '?'))),
    );
    const group = fc.constantFrom(
      LISTED,
      '/apis/external.metrics.k8s.io/v1beta1',
      '/apis',
      '/openapi/v3',
      '',
    );
    const word = fc.oneof(fc.string(), fc.constantFrom('a=b', 'a in (b', '!', 'a!=b', 'a>1', ',,'));
    await fc.assert(
      fc.asyncProperty(
        group,
        fc.array(part, { maxLength: 6 }),
        word,
        word,
        async (base, parts, a, b) => {
          const query = new URLSearchParams({
            labelSelector: a,
            metricLabelSelector: b,
            fieldSelector: b,
          });
          const path = `${base}/${parts.join('/')}?${query.toString()}`;
          const accept = a.replace(/[^\x20-\x7e]/g, '');
          const { status } = await server.ask(path, { headers: { accept } });
          expect([200, 400, 404, 406, 503]).toContain(status);
        },
      ),
      { numRuns: 100 },
    );
    expect(server.logged).toEqual([]);
  });
});

describe('the end', () => {
  test('fails readiness, lets requests under way end, and leaves nothing open', async () => {
    const { source, begun, letGo } = waitingSource();
    let endDelay: () => void = () => undefined;
    const delay = new Promise<void>((resolve) => (endDelay = resolve));
    const server = await startTestServer({
      ...{ sources: [source], shutdownDelayMs: 5_000 },
      wait: () => delay,
    });
    const under = server.ask(EXTERNAL);
    await waitUntil('it is read', () => begun() === 1, WAIT);
    const stopped = server.server.stop();
    const ready = await server.ask('/readyz');
    expect(ready).toMatchObject({ status: 500, headers: { connection: 'close' } });
    expect(ready.text).toContain('[-]shutdown failed: reason withheld');
    expect((await server.ask('/livez')).status).toBe(200);
    endDelay();
    letGo();
    expect((await under).status).toBe(200);
    await Promise.all([stopped, server.server.stop()]);
    await expect(server.ask('/livez')).rejects.toThrow('ECONNREFUSED');
  });

  test('a source that was ready stays so for readiness', async () => {
    let isReady = false;
    await using server = await startTestServer({
      sources: [memorySource({ isReady: () => isReady })],
    });
    expect((await server.ask('/readyz')).status).toBe(500);
    expect((await server.ask('/readyz?exclude=source-memory')).status).toBe(200);
    isReady = true;
    expect((await server.ask('/readyz?verbose')).text).toContain('[+]source-memory ok');
    isReady = false;
    expect((await server.ask('/readyz')).status).toBe(200);
  });
});

async function open(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  return socket;
}
