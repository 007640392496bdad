import { once } from 'node:events';
import {
  connect,
  createServer,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { Bell } from '../../src/drain/bell.ts';
import { runDrain, type DrainCount } from '../../src/drain/drain.ts';
import { Drainables } from '../../src/drain/drainables.ts';
import { DEFAULT_PATIENCE } from '../../src/http/connection-patience.ts';
import { Http2ServerTracker } from '../../src/http/http2-server-tracker.ts';
import { HttpMetrics } from '../../src/http/http-metrics.ts';
import { recordOf } from '../../src/http/request-record.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';

const REFUSED_STREAM = 7;
const TIMES = { delayMs: 100, quietMs: 50, delayMaxMs: 400, abortGraceMs: 100 };

interface Subject {
  readonly tracker: Http2ServerTracker;
  readonly connect: () => ClientHttp2Session;
  readonly drain: (inFlightTimeoutMs?: number) => Promise<DrainCount>;
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function serve(server: Http2Server): Promise<Subject> {
  const changes = new Bell();
  const onChange = (): void => {
    changes.ring();
  };
  const metrics = new HttpMetrics(new MetricRegistry(100), 100);
  const patience = { ...DEFAULT_PATIENCE, idleMs: 50 };
  const tracker = new Http2ServerTracker(server, metrics, onChange, patience);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    tracker.abandon();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const drainables = new Drainables();
  drainables.add(tracker);
  const subjects = { drainables, changes, hurry: new AbortController().signal };
  return {
    tracker,
    connect: () => {
      const session = connect(`http://127.0.0.1:${port}`);
      session.on('error', () => undefined);
      ends.push(() => {
        session.destroy();
      });
      return session;
    },
    drain: (inFlightTimeoutMs = 60_000) => runDrain(subjects, { ...TIMES, inFlightTimeoutMs }),
  };
}

async function bodyOf(stream: ClientHttp2Stream): Promise<string> {
  let body = '';
  stream.on('data', (chunk: Buffer) => (body += chunk.toString()));
  stream.on('error', (error: Error) => (body += error.message));
  await once(stream, 'close');
  return body;
}

describe('an HTTP/2 server that drains', () => {
  test('tells a client while its stream is open, which then ends whole', async () => {
    const held: ServerHttp2Stream[] = [];
    const server = createServer().on('stream', (stream) => void held.push(stream));
    const { connect: open, drain } = await serve(server);
    const session = open();
    const body = bodyOf(session.request());
    await waitUntil('the stream', () => held.length === 1);
    const drained = drain();
    await once(session, 'goaway');
    held[0]!.end('whole');
    expect(await body).toBe('whole');
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
    expect(session.destroyed).toBe(true);
  });

  test('leaves a client that is idle for now alone until it asks: nothing of it is refused', async () => {
    const server = createServer((_, response) => response.end('served'));
    const { connect: open, drain } = await serve(server);
    const session = open();
    expect(await bodyOf(session.request())).toBe('served');
    let isTold = false;
    session.on('goaway', () => (isTold = true));
    const drained = drain();
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isTold).toBe(false);
    expect(await bodyOf(session.request())).toBe('served');
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
  });

  test('refuses a stream that comes too late as one that was not processed', async () => {
    const held: ServerHttp2Stream[] = [];
    const server = createServer().on('stream', (stream) => void held.push(stream));
    const { connect: open, drain, tracker } = await serve(server);
    const session = open();
    const first = bodyOf(session.request({ ':path': '/first' }));
    await waitUntil('the first stream', () => held.length === 1);
    const drained = drain();
    tracker.stopArrivals();
    // Its client has not heard of it yet.
    const second = session.request({ ':path': '/second' }).on('error', () => undefined);
    await waitUntil('its refusal', () => second.destroyed);
    expect(second.rstCode).toBe(REFUSED_STREAM);
    held[0]!.end('whole');
    expect(await first).toBe('whole');
    expect(held.length).toBe(1);
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
  });

  test('serves a client that comes while others do not know yet, and tells it with its first stream', async () => {
    const server = createServer((_, response) => response.end('late'));
    const { connect: open, drain } = await serve(server);
    const drained = drain();
    const session = open();
    const wasTold = once(session, 'goaway');
    expect(await bodyOf(session.request())).toBe('late');
    await wasTold;
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
  });

  test('ends sessions that are idle or never said a word', async () => {
    const { connect: open, drain, tracker } = await serve(createServer());
    const session = open();
    await once(session, 'connect');
    await waitUntil('the session', () => tracker.pending === 1);
    expect(await drain()).toMatchObject({ drained: 0, aborted: 0 });
    await waitUntil('its end', () => session.destroyed);
  });

  test('sends its AbortSignal to a stream that does not end, then cuts and counts it', async () => {
    let isAborted = false;
    const server = createServer((request) => {
      const record = recordOf(request)!;
      record.controller = new AbortController();
      record.controller.signal.addEventListener('abort', () => (isAborted = true));
    });
    const { connect: open, drain, tracker } = await serve(server);
    const stream = bodyOf(open().request());
    await waitUntil('the stream', () => tracker.inFlight === 1);
    expect(await drain(50)).toMatchObject({ drained: 0, aborted: 1 });
    expect(isAborted).toBe(true);
    await stream;
  });
});
