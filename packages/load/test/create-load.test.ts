import { waitUntil } from '@bellows/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { createLoad } from '../src/create-load.ts';
import type { LoadAccount, LoadOptions, LoadProfile } from '../src/load.ts';
import { answer, startRawServer, type Behaviour, type RawServer } from './fixtures/raw-server.ts';

let server: RawServer | undefined;
afterEach(() => server?.stop());

const constant = (requestsPerSecond: number): LoadProfile => ({
  points: [{ atSeconds: 0, requestsPerSecond }],
  requests: [
    { weight: 3, method: 'GET', path: '/items/{1..200}' },
    { weight: 1, method: 'POST', path: '/orders', body: '{}' },
  ],
});

async function runAgainst(
  behave: Behaviour,
  options: Partial<LoadOptions> = {},
): Promise<LoadAccount> {
  server = await startRawServer(behave);
  const load = createLoad({
    target: server.target,
    profile: constant(200),
    durationSeconds: 0.5,
    ...options,
  });
  load.start();
  return load.done;
}

const sumOf = ({ answered, shed, lost, inFlight }: LoadAccount): number =>
  answered + shed + lost + inFlight;

describe('a load', () => {
  test('sends the profile and has every request answered', async () => {
    const account = await runAgainst((socket) => socket.write(answer()));
    expect(account.sent).toBe(server!.requests.length);
    // 100 expected, Poisson.
    expect(Math.abs(account.sent - 100)).toBeLessThan(50);
    expect(account).toMatchObject({
      answered: account.sent,
      shed: 0,
      lost: 0,
      inFlight: 0,
      losses: [],
    });
    expect(account.latencySeconds!.p50).toBeLessThan(1);
  });

  test('the same seed asks for the same things in the same order, whatever the answers are', async () => {
    const requestsOf = async (behave: Behaviour, seed: number): Promise<string[]> => {
      await runAgainst(behave, { seed, maxConnections: 1 });
      const { requests } = server!;
      await server!.stop();
      return [...requests];
    };
    const calm = await requestsOf((socket) => socket.write(answer()), 5);
    // Announced: a request that crosses the end of its connection would be lost on the way, and not be seen.
    const failing: Behaviour = (socket) => socket.end(answer(500, 'ok', 'Connection: close\r\n'));
    expect(await requestsOf(failing, 5)).toEqual(calm);
    expect(await requestsOf((socket) => socket.write(answer()), 6)).not.toEqual(calm);
  });

  test('arrivals go on while the server stands still, and waiting counts as latency', async () => {
    let isStalled = true;
    const stalled: (() => void)[] = [];
    server = await startRawServer((socket) => {
      if (isStalled) stalled.push(() => socket.write(answer()));
      else socket.write(answer());
    });
    const load = createLoad({
      target: server.target,
      profile: constant(200),
      durationSeconds: 0.6,
      maxConnections: 5,
    });
    load.start();
    await waitUntil('arrivals beyond the connections', () => load.account().sent > 60);
    expect(server.requests).toHaveLength(5);
    expect(load.account()).toMatchObject({ answered: 0, latencySeconds: undefined });
    isStalled = false;
    for (const answerNow of stalled) answerNow();
    const account = await load.done;
    expect(account.answered).toBe(account.sent);
    // 60 arrivals at 200/s are 0.3 s: the first ones have waited at least nearly as long.
    expect(account.latencySeconds!.p99).toBeGreaterThan(0.15);
  });

  test('accounts add up under every kind of misbehaviour at once', async () => {
    let turn = 0;
    const behaviours: Behaviour[] = [
      (socket) => socket.write(answer()),
      (socket) => socket.write(answer(429)),
      (socket) => socket.write(answer(503, '', 'Retry-After: 1\r\n')),
      (socket) => socket.write(answer(500)),
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut'),
      (socket) => socket.end(answer(200, 'ok', 'Connection: close\r\n')),
      () => undefined,
    ];
    const account = await runAgainst(
      (socket, index) => behaviours[turn++ % behaviours.length]?.(socket, index),
      { timeoutMs: 300, durationSeconds: 1 },
    );
    expect(account.sent).toBe(sumOf(account));
    expect(account.inFlight).toBe(0);
    expect(account.shed).toBeGreaterThan(0);
    expect(account.answered).toBeGreaterThan(0);
    for (const kind of ['reset', 'truncated', 'timedOut', 'serverError'] as const) {
      const { newConnection, reusedConnection } = account.lostBy[kind];
      expect(newConnection + reusedConnection, kind).toBeGreaterThan(0);
    }
    expect(account.lostBy.reset.reusedConnection).toBeGreaterThan(0);
    expect(account.losses[0]).toMatchObject({
      request: expect.stringMatching(/^(GET|POST) \//) as string,
    });
    // None was sent twice.
    expect(server!.requests).toHaveLength(account.sent);
  });

  test('every request to a port nobody listens on is refused', async () => {
    server = await startRawServer(() => undefined);
    await server.stop();
    const load = createLoad({
      target: server.target,
      profile: constant(100),
      durationSeconds: 0.2,
    });
    load.start();
    const account = await load.done;
    expect(account.lostBy.refused.newConnection).toBe(account.sent);
  });

  test('a request that waits for a connection beyond the time-out is lost', async () => {
    const account = await runAgainst(() => undefined, { maxConnections: 1, timeoutMs: 200 });
    expect(account.lostBy.timedOut.newConnection).toBe(account.sent);
    expect(server!.requests.length).toBeLessThan(account.sent);
  });

  test('the connection of a request that timed out is closed, and the next one gets another', async () => {
    let isFirst = true;
    const account = await runAgainst(
      (socket) => {
        if (!isFirst) socket.write(answer());
        isFirst = false;
      },
      { maxConnections: 1, timeoutMs: 200 },
    );
    expect(account.lostBy.timedOut.newConnection).toBeGreaterThan(0);
    expect(account.answered).toBeGreaterThan(0);
    expect(server!.sockets.length).toBeGreaterThan(1);
  });

  test('goes on without an end when the profile has one point, until it is stopped', async () => {
    server = await startRawServer((socket) => socket.write(answer()));
    const load = createLoad({ target: server.target, profile: constant(100) });
    expect(load.offeredPerSecond()).toBe(0);
    load.start();
    load.start();
    expect(load.offeredPerSecond()).toBe(100);
    await waitUntil('answers', () => load.account().answered > 10);
    expect(load.account().lastSecond.arrivals).toBeGreaterThan(0);
    load.stop();
    load.stop();
    const account = await load.done;
    expect(account.inFlight).toBe(0);
    expect(load.offeredPerSecond()).toBe(0);
    await waitUntil('its connections to be closed', () => server!.sockets.every((s) => s.closed));
  });

  test('offers the rate of the profile and ends at its last point', async () => {
    server = await startRawServer((socket) => socket.write(answer()));
    const { requests } = constant(0);
    const points = [
      { atSeconds: 0, requestsPerSecond: 0 },
      { atSeconds: 0.2, requestsPerSecond: 0 },
    ];
    const load = createLoad({ target: server.target, profile: { points, requests } });
    const atMs = performance.now();
    load.start();
    expect(await load.done).toMatchObject({ sent: 0, latencySeconds: undefined });
    expect(performance.now() - atMs).toBeGreaterThan(195);
  });

  test('is done at once when it is stopped before it was started', async () => {
    const load = createLoad({ target: 'http://127.0.0.1:1', profile: constant(100) });
    load.stop();
    load.start();
    expect(await load.done).toMatchObject({ sent: 0 });
  });

  test.each(['127.0.0.1:80', 'https://127.0.0.1', 'http://a/b', 'http://', ''])(
    'refuses the target %j',
    (target) => {
      expect(() => createLoad({ target, profile: constant(1) })).toThrow(
        expect.objectContaining({ code: 'ERR_LOAD_REQUEST' }) as Error,
      );
    },
  );
});
