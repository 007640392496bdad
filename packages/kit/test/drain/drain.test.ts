import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { HttpMetrics } from '../../src/http/http-metrics.ts';
import { DEFAULT_PATIENCE, type ConnectionPatience } from '../../src/http/connection-patience.ts';
import { HttpServerTracker } from '../../src/http/http-server-tracker.ts';
import { recordOf } from '../../src/http/request-record.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';
import { serveDrainable, TIMES, type DrainSubject } from '../fixtures/drain-subject.ts';
import { answersIn, connectRaw, get } from '../fixtures/raw-client.ts';

/** Far beyond what a test takes: what ends earlier was ended by something else. */
const PATIENT: ConnectionPatience = {
  ...DEFAULT_PATIENCE,
  idleMs: 60_000,
  halfRequestMs: 60_000,
  lingerMs: 60_000,
};

/** Answers with the path: at once, or for `/slow` when `release` is called. */
function slowPath(): { handler: RequestListener; release: () => void } {
  const held: (() => void)[] = [];
  return {
    handler: (request, response) => {
      const answer = (): void => void response.end(request.url);
      if (request.url === '/slow') held.push(answer);
      else answer();
    },
    release: () => {
      for (const answer of held.splice(0)) answer();
    },
  };
}

describe('what a connection is told', () => {
  test('the answer to a request under way says close', async () => {
    const { handler, release } = slowPath();
    const subject = await serveDrainable(handler);
    const client = await connectRaw(subject.port);
    client.socket.write(get('/slow'));
    await waitUntil('the request', () => subject.tracker.inFlight === 1);
    const drained = subject.drain();
    release();
    expect(answersIn(await client.ended)).toEqual([{ body: '/slow', close: true }]);
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
  });

  test('of pipelined requests under way only the last answer says close', async () => {
    const { handler, release } = slowPath();
    const subject = await serveDrainable(handler);
    const client = await connectRaw(subject.port);
    client.socket.write(get('/slow') + get('/slow') + get('/slow'));
    await waitUntil('the requests', () => subject.tracker.inFlight === 3);
    const drained = subject.drain();
    release();
    expect(answersIn(await client.ended).map(({ close }) => close)).toEqual([false, false, true]);
    expect(await drained).toMatchObject({ drained: 3, aborted: 0 });
  });

  test('requests that come in one piece are all answered by a handler that answers at once', async () => {
    const subject = await serveDrainable(slowPath().handler);
    const client = await connectRaw(subject.port);
    const drained = subject.drain();
    client.socket.write(get('/a') + get('/b') + get('/c'));
    expect(answersIn(await client.ended)).toEqual([
      { body: '/a', close: false },
      { body: '/b', close: false },
      { body: '/c', close: true },
    ]);
    expect(await drained).toMatchObject({ drained: 3, aborted: 0 });
  });

  test('a request behind one that waits takes the close over from it', async () => {
    const { handler, release } = slowPath();
    const subject = await serveDrainable(handler);
    const client = await connectRaw(subject.port);
    const drained = subject.drain();
    client.socket.write(get('/slow'));
    await waitUntil('the first request', () => subject.tracker.inFlight === 1);
    client.socket.write(get('/second'));
    await waitUntil('the second request', () => subject.tracker.inFlight === 2);
    setImmediate(() => setImmediate(release));
    expect(answersIn(await client.ended)).toEqual([
      { body: '/slow', close: false },
      { body: '/second', close: true },
    ]);
    expect(await drained).toMatchObject({ drained: 2, aborted: 0 });
  });

  test('a request that comes behind an answer that says close is not begun, and counted as refused', async () => {
    let ran = 0;
    let end = (): void => undefined;
    const subject = await serveDrainable((_request, response) => {
      ran += 1;
      response.write('begun');
      end = () => void response.end(', ended');
    });
    const client = await connectRaw(subject.port);
    const drained = subject.drain();
    client.socket.write(get('/stream'));
    await client.waitFor('begun');
    client.socket.write(get('/behind'));
    await waitUntil('the request behind', () => subject.tracker.refused === 1);
    end();
    expect(await client.ended).toContain(', ended');
    expect(await drained).toEqual({ drained: 1, aborted: 0, lost: 0, refused: 1 });
    expect(ran).toBe(1);
  });

  test('a client whose body nobody reads gets its answer whole, and no reset', async () => {
    const subject = await serveDrainable((_request, response) => {
      response.statusCode = 401;
      response.end('who are you?');
    });
    const client = await connectRaw(subject.port);
    const drained = subject.drain();
    client.socket.write('POST / HTTP/1.1\r\nHost: service\r\nContent-Length: 3000000\r\n\r\n');
    await client.waitFor('who are you?');
    for (let part = 0; part < 30; part += 1) {
      client.socket.write(Buffer.alloc(100_000));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    client.socket.end();
    expect(answersIn(await client.ended)).toEqual([{ body: 'who are you?', close: true }]);
    expect(await drained).toEqual({ drained: 1, aborted: 0, lost: 0, refused: 0 });
  });

  test('a client that goes on sending behind its last answer does not hold the drain', async () => {
    const subject = await serveDrainable((_request, response) => void response.end('enough'));
    const client = await connectRaw(subject.port);
    const drained = subject.drain();
    client.socket.write('POST / HTTP/1.1\r\nHost: service\r\nContent-Length: 3000000\r\n\r\n');
    const sending = setInterval(() => client.socket.write('x'), 20);
    expect(await drained).toEqual({ drained: 1, aborted: 0, lost: 0, refused: 0 });
    clearInterval(sending);
    await client.ended;
  });

  test('a request that comes behind an answer whose handler keeps the connection is answered', async () => {
    const subject = await serveDrainable((request, response) => {
      response.writeHead(200, { connection: 'keep-alive' });
      response.end(request.url);
    });
    const client = await connectRaw(subject.port);
    const drained = subject.drain();
    for (const path of ['/first', '/second']) {
      client.socket.write(get(path));
      await client.waitFor(path);
    }
    client.socket.end();
    expect(await drained).toEqual({ drained: 2, aborted: 0, lost: 0, refused: 0 });
  });
});

describe('the listener', () => {
  test('stays open until nothing new has come for the quiet time', async () => {
    const subject = await serveDrainable(slowPath().handler);
    const drained = subject.drain({ delayMs: 0, quietMs: 300, delayMaxMs: 60_000 });
    const startMs = performance.now();
    const client = await connectRaw(subject.port);
    client.socket.write(get('/'));
    expect(answersIn(await client.ended)).toEqual([{ body: '/', close: true }]);
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
    expect(performance.now() - startMs).toBeGreaterThan(300 - 5);
  });

  test('closes at the latest after the longest delay, quiet or not', async () => {
    const subject = await serveDrainable(slowPath().handler);
    const startMs = performance.now();
    await subject.drain({ quietMs: 60_000 });
    expect(performance.now() - startMs).toBeGreaterThan(TIMES.delayMaxMs - 5);
  });

  test('closes after the delay when nothing comes', async () => {
    const subject = await serveDrainable(slowPath().handler);
    const startMs = performance.now();
    await subject.drain({ delayMaxMs: 60_000 });
    expect(subject.isListening()).toBe(false);
    expect(performance.now() - startMs).toBeGreaterThan(TIMES.delayMs - 5);
  });
});

test('a server that begins to listen only after its drain stops at once', async () => {
  const server = createServer();
  const tracker = new HttpServerTracker(
    server,
    new HttpMetrics(new MetricRegistry(10), 10),
    () => undefined,
  );
  tracker.startDraining(0);
  tracker.stopArrivals();
  server.listen(0, '127.0.0.1');
  await once(server, 'close');
  expect(server.listening).toBe(false);
});

describe('connections without a request', () => {
  test('an idle one is still served when the listener is closed, then ended', async () => {
    const { handler, release } = slowPath();
    const subject = await serveDrainable(handler, PATIENT);
    const busy = await connectRaw(subject.port);
    busy.socket.write(get('/slow'));
    const idle = await connectRaw(subject.port);
    idle.socket.write(get('/first'));
    await idle.waitFor('/first');
    const drained = subject.drain({ delayMs: 0, quietMs: 0 });
    await waitUntil('the listener is closed', () => !subject.isListening());
    idle.socket.write(get('/second'));
    const answers = answersIn(await idle.ended);
    expect(answers.at(-1)).toEqual({ body: '/second', close: true });
    release();
    await busy.ended;
    expect(await drained).toMatchObject({ aborted: 0 });
  });

  test('one that never sent a byte gets an end and no reset', async () => {
    const subject = await serveDrainable(slowPath().handler);
    const silent = await connectRaw(subject.port);
    await subject.drain();
    expect(await silent.ended).toBe('');
  });

  test("half-sent headers hold the drain for two seconds, not for Node's sixty", async () => {
    const subject = await serveDrainable(slowPath().handler);
    const startMs = performance.now();
    const half = await connectRaw(subject.port);
    half.socket.write('GET / HTTP/1.1\r\nHost: ');
    await waitUntil('the connection', () => subject.tracker.pending === 1);
    expect(await subject.drain()).toEqual({ drained: 0, aborted: 0, lost: 1, refused: 0 });
    expect(performance.now() - startMs).toBeGreaterThan(2_000 - 5);
  });

  test('headers that get complete in time are answered', async () => {
    const subject = await serveDrainable(slowPath().handler, PATIENT);
    const half = await connectRaw(subject.port);
    half.socket.write('GET /late HTTP/1.1\r\nHost: ');
    await waitUntil('the connection', () => subject.tracker.pending === 1);
    const drained = subject.drain();
    await waitUntil('the listener is closed', () => !subject.isListening());
    half.socket.write('service\r\n\r\n');
    expect(answersIn(await half.ended)).toEqual([{ body: '/late', close: true }]);
    expect(await drained).toMatchObject({ drained: 1, aborted: 0 });
  });
});

describe('work that does not end in time', () => {
  const never = (): Promise<DrainSubject> => serveDrainable(() => undefined);

  test('is cut after the grace and counted', async () => {
    const subject = await never();
    const client = await connectRaw(subject.port);
    client.socket.write(get('/'));
    await waitUntil('the request', () => subject.tracker.inFlight === 1);
    expect(await subject.drain({ inFlightTimeoutMs: 100 })).toMatchObject({
      drained: 0,
      aborted: 1,
    });
    expect(answersIn(await client.ended)).toEqual([]);
  });

  test('can end at its AbortSignal and counts as drained', async () => {
    const subject = await serveDrainable((request, response) => {
      const controller = new AbortController();
      recordOf(request)!.controller = controller;
      controller.signal.addEventListener('abort', () => response.end('stopped'));
    });
    const client = await connectRaw(subject.port);
    client.socket.write(get('/'));
    await waitUntil('the request', () => subject.tracker.inFlight === 1);
    const times = { inFlightTimeoutMs: 100, abortGraceMs: 60_000 };
    expect(await subject.drain(times)).toMatchObject({ drained: 1, aborted: 0 });
    expect(answersIn(await client.ended)).toEqual([{ body: 'stopped', close: true }]);
  });

  test('is cut at once, delay or not, when somebody is in a hurry', async () => {
    const subject = await never();
    const client = await connectRaw(subject.port);
    client.socket.write(get('/'));
    await waitUntil('the request', () => subject.tracker.inFlight === 1);
    const times = { delayMs: 60_000, delayMaxMs: 60_000 };
    const drained = subject.drain(times);
    subject.hurry.abort();
    expect(await drained).toMatchObject({ drained: 0, aborted: 1 });
  });
});
