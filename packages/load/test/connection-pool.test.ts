import { createRandom } from '@bellows/core';
import { waitUntil } from '@bellows/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientConnection } from '../src/client-connection.ts';
import { ConnectionPool } from '../src/connection-pool.ts';
import { answer, startRawServer, type RawServer } from './fixtures/raw-server.ts';

let server: RawServer;
let pool: ConnectionPool;
let availableCount = 0;
let headers = '';

beforeEach(async () => {
  availableCount = 0;
  headers = '';
  server = await startRawServer((socket) => socket.write(answer(200, 'ok', headers)));
});
afterEach(async () => {
  pool.close();
  await server.stop();
});

function createPool(maxConnections = 100, requestsPerConnection = 100): void {
  pool = new ConnectionPool({
    target: { host: '127.0.0.1', port: server.port },
    maxConnections,
    requestsPerConnection,
    random: createRandom(1),
    onAvailable: () => (availableCount += 1),
  });
}

/** Sends on the connection; resolves when it may be used again or is gone. */
async function use(connection: ClientConnection | undefined): Promise<void> {
  const before = availableCount;
  connection?.send({ method: 'GET', path: '/', body: undefined }, () => undefined);
  await waitUntil('the connection to be available', () => availableCount > before);
}

describe('a connection pool', () => {
  test('opens connections up to what the rate asks for, though others are idle', async () => {
    createPool();
    for (let request = 0; request < 20; request += 1)
      await use(pool.acquire(performance.now(), 10));
    expect(server.sockets).toHaveLength(5);
  });

  test('opens more when all are busy, up to the limit', () => {
    createPool(3);
    const taken = Array.from({ length: 4 }, () => pool.acquire(0, 1));
    expect(new Set(taken).size).toBe(4);
    expect(taken[3]).toBeUndefined();
  });

  test('gives each request an idle connection at random', async () => {
    createPool();
    for (let request = 0; request < 4; request += 1) await use(pool.acquire(performance.now(), 8));
    const used = new Set<ClientConnection | undefined>();
    for (let request = 0; request < 60; request += 1) {
      const connection = pool.acquire(performance.now(), 8);
      used.add(connection);
      await use(connection);
    }
    expect(used.size).toBe(4);
    expect(server.sockets).toHaveLength(4);
  });

  test('closes connections when the rate asks for fewer', async () => {
    createPool();
    for (let request = 0; request < 10; request += 1)
      await use(pool.acquire(performance.now(), 20));
    for (let request = 0; request < 10; request += 1) await use(pool.acquire(performance.now(), 2));
    await waitUntil('one to be left', () => server.sockets.filter((s) => !s.closed).length === 1);
  });

  test('closes connections after about their number of requests', async () => {
    createPool(100, 4);
    for (let request = 0; request < 200; request += 1)
      await use(pool.acquire(performance.now(), 1));
    // Mean 4 requests each, from 2 to 6.
    expect(server.sockets.length).toBeGreaterThan(40);
    expect(server.sockets.length).toBeLessThan(65);
  });

  test('does not use a connection again that the server may be about to close', async () => {
    headers = 'Keep-Alive: timeout=2\r\n';
    createPool();
    await use(pool.acquire(performance.now(), 1));
    await use(pool.acquire(performance.now() + 900, 1));
    expect(server.sockets).toHaveLength(1);
    await use(pool.acquire(performance.now() + 1100, 1));
    expect(server.sockets).toHaveLength(2);
  });

  test('forgets an idle connection that the server has closed', async () => {
    createPool();
    await use(pool.acquire(performance.now(), 1));
    const before = availableCount;
    server.sockets[0]!.end();
    await waitUntil('the close to be seen', () => availableCount > before);
    await use(pool.acquire(performance.now(), 1));
    expect(server.sockets).toHaveLength(2);
  });
});
