import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { waitUntil } from '@bellows/testkit';
import { expect, test } from 'vitest';
import { memorySource } from '../fixtures/memory-source.ts';
import { startTestServer, type TestServer } from '../fixtures/metrics-server.ts';

/** Each test's own limit; the others are far away. */
const BRIEF_MS = 300;
const WAIT = { timeoutMs: 30_000 };

async function open(port: number): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  return socket;
}

/** There is room for another connection again. */
async function letIn(server: TestServer): Promise<void> {
  const isIn = (): Promise<boolean> =>
    server.ask('/livez').then(
      ({ status }) => status === 200,
      () => false,
    );
  await waitUntil('another is let in', isIn, WAIT);
}

async function ended(socket: Socket): Promise<void> {
  if (!socket.closed) await once(socket, 'close');
}

test('connections beyond the limit are closed, and let in again when one ends', async () => {
  await using server = await startTestServer({ limits: { maxConnections: 2 } });
  const held = [await open(server.port), await open(server.port)];
  const third = connectTcp(server.port, '127.0.0.1').on('error', () => undefined);
  await ended(third.resume());
  for (const socket of held) {
    socket.destroy();
    await ended(socket);
  }
  await letIn(server);
  expect(server.logged).toEqual([]);
});

test('a handshake that does not come is not waited for', async () => {
  await using server = await startTestServer({ limits: { handshakeTimeoutMs: BRIEF_MS } });
  const silent = connectTcp(server.port, '127.0.0.1').on('error', () => undefined);
  await ended(silent.resume());
  expect((await server.ask('/livez')).status).toBe(200);
  expect(server.logged).toEqual([]);
});

test('a connection without a further request ends', async () => {
  await using server = await startTestServer({ limits: { idleTimeoutMs: BRIEF_MS } });
  const socket = await open(server.port);
  socket.write('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200/);
  await ended(socket.resume());
  expect(server.logged).toEqual([]);
});

test('a connection that never asks anything ends', async () => {
  await using server = await startTestServer({ limits: { headersTimeoutMs: BRIEF_MS } });
  await ended((await open(server.port)).resume());
  expect(server.logged).toEqual([]);
});

test('a client that takes nothing of a large answer is given up', async () => {
  const names = Array.from({ length: 100_000 }, (_, at) => `metric_with_a_long_name_${at}`);
  const source = memorySource({
    external: { list: () => names, read: () => Promise.resolve(undefined) },
  });
  await using server = await startTestServer({
    sources: [source],
    limits: { stalledTimeoutMs: BRIEF_MS, maxConnections: 1, answerTimeoutMs: 60_000 },
  });
  const socket = await open(server.port);
  const path = '/apis/external.metrics.k8s.io/v1beta1';
  socket.pause().write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await waitUntil('it is answered', () => server.reports.length === 1, WAIT);
  await letIn(server);
  socket.destroy();
  expect(server.logged).toEqual([]);
});
