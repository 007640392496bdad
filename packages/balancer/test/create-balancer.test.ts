import { once } from 'node:events';
import type { Socket } from 'node:net';
import { waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Balancer } from '../src/balancer.ts';
import { createBalancer } from '../src/create-balancer.ts';
import { converse, dial, sliceOf, startServer, type TestServer } from './fixtures/tcp.ts';

const TERMINATING = { ready: false, terminating: true };
const DELAY_MS = 200;

let balancer: Balancer;
let port: number;
let backends: TestServer[] = [];

beforeEach(async () => {
  balancer = createBalancer({ port: 0, endpointDelayMs: DELAY_MS });
  ({ port } = await balancer.start());
});

afterEach(async () => {
  await balancer.stop();
  await Promise.all(backends.map((backend) => backend.stop()));
  backends = [];
});

/** Answers each connection with a name and closes it. */
async function backendNamed(name: string): Promise<TestServer> {
  const backend = await startServer((socket) => {
    socket.on('data', () => socket.end(name));
  });
  backends.push(backend);
  return backend;
}

/** A connection through which a first byte has come. */
async function established(): Promise<Socket> {
  const client = dial(port);
  client.write('?');
  await once(client, 'data');
  return client;
}

describe('a balancer', () => {
  test('resets a connection when there is no endpoint, and counts it', async () => {
    expect((await converse(port, '?')).ending).toBe('ECONNRESET');
    expect(balancer.stats()).toMatchObject({ connectionsTotal: 1, refusedTotal: 1, endpoints: [] });
  });

  test('reaches all ready endpoints and counts their connections', async () => {
    const [a, b] = [await backendNamed('a'), await backendNamed('b')];
    balancer.setEndpointSlices([sliceOf(a.port), sliceOf(b.port)]);
    const texts = new Set<string>();
    for (let connection = 0; connection < 40; connection += 1) {
      texts.add((await converse(port, '?')).text);
    }
    expect(texts).toEqual(new Set(['a', 'b']));
    const { connectionsTotal, endpoints } = balancer.stats();
    expect(connectionsTotal).toBe(40);
    expect(endpoints.reduce((sum, endpoint) => sum + endpoint.connectionsTotal, 0)).toBe(40);
    expect(endpoints.every(({ firstByteAtMs }) => firstByteAtMs !== undefined)).toBe(true);
  });

  test('never tries a second endpoint', async () => {
    const [alive, gone] = [await backendNamed('alive'), await startServer(() => undefined)];
    await gone.stop();
    balancer.setEndpointSlices([sliceOf(alive.port), sliceOf(gone.port)]);
    const endings = new Map<string, number>();
    for (let connection = 0; connection < 40; connection += 1) {
      const { ending } = await converse(port, '?');
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
    }
    const toGone = balancer
      .stats()
      .endpoints.find(({ endpoint }) => endpoint.endsWith(`:${gone.port}`));
    expect(toGone?.connectionsTotal).toBeGreaterThan(0);
    expect(endings.get('ECONNRESET')).toBe(toGone?.connectionsTotal);
    expect(balancer.stats().refusedTotal).toBe(toGone?.connectionsTotal);
    expect(alive.sockets).toHaveLength(endings.get('end') ?? 0);
  });

  test('leaves established connections where they are', async () => {
    const old = await startServer((socket) => socket.on('data', (chunk) => socket.write(chunk)));
    backends.push(old);
    balancer.setEndpointSlices([sliceOf(old.port)]);
    const client = await established();
    balancer.setEndpointSlices([sliceOf((await backendNamed('new')).port)]);
    client.write('still there');
    expect(String((await once(client, 'data'))[0])).toBe('still there');
    expect((await converse(port, '?')).text).toBe('new');
    expect(balancer.stats().endpoints.map(({ openConnections }) => openConnections)).toContain(1);
    client.destroy();
  });

  test('sends new connections to a terminating endpoint until the delay has passed', async () => {
    const backend = await backendNamed('leaving');
    balancer.setEndpointSlices([sliceOf(backend.port)]);
    const atMs = performance.now();
    balancer.setEndpointSlices([sliceOf(backend.port, { ...TERMINATING, serving: false })]);
    const { text } = await converse(port, '?');
    if (performance.now() - atMs < DELAY_MS) expect(text).toBe('leaving');
    await waitUntil('a reset', async () => (await converse(port, '?')).ending === 'ECONNRESET');
    expect(performance.now() - atMs).toBeGreaterThanOrEqual(DELAY_MS - 1);
  });

  test('sends nothing new to an endpoint that is unready, from the next connection on', async () => {
    const [a, b] = [await backendNamed('a'), await backendNamed('b')];
    balancer.setEndpointSlices([sliceOf(a.port), sliceOf(b.port)]);
    balancer.setEndpointSlices([
      sliceOf(a.port, { ready: false, serving: false }),
      sliceOf(b.port),
    ]);
    for (let connection = 0; connection < 20; connection += 1) {
      expect((await converse(port, '?')).text).toBe('b');
    }
  });

  test('stops listening and resets every connection; a second stop does nothing', async () => {
    const backend = await startServer((socket) =>
      socket.on('data', (chunk) => socket.write(chunk)),
    );
    backends.push(backend);
    balancer.setEndpointSlices([sliceOf(backend.port)]);
    const client = await established();
    const failure = once(client, 'error');
    await balancer.stop();
    await balancer.stop();
    expect((await failure)[0]).toMatchObject({ code: 'ECONNRESET' });
    expect(balancer.stats().openConnections).toBe(0);
    expect((await converse(port, '?')).ending).toBe('ECONNREFUSED');
    await waitUntil('the back end to be closed', () => backend.sockets[0]?.closed);
  });

  test('stops without having been started', async () => {
    await createBalancer({ port: 0 }).stop();
  });

  test('rejects with ERR_BALANCER_LISTEN and a remedy when the port is taken', async () => {
    await expect(createBalancer({ port }).start()).rejects.toMatchObject({
      code: 'ERR_BALANCER_LISTEN',
      message: `Expected to listen on 127.0.0.1:${port}, got EADDRINUSE`,
      remedy: expect.stringContaining(String(port)) as string,
    });
  });
});
