import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { waitUntil } from '@bellows/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { ClientConnection, type OutgoingRequest } from '../src/client-connection.ts';
import type { Outcome } from '../src/request-account.ts';
import { answer, startRawServer, type Behaviour, type RawServer } from './fixtures/raw-server.ts';

const GET: OutgoingRequest = { method: 'GET', path: '/', body: undefined };

let server: RawServer;
let connection: ClientConnection;
afterEach(async () => {
  connection.close();
  await server.stop();
});

/** A connection to a server that behaves so, and what it reports. */
async function connectTo(
  behave: Behaviour,
  requestsLeft = 100,
): Promise<{ idleCount: number; isClosed: boolean }> {
  server = await startRawServer(behave);
  const seen = { idleCount: 0, isClosed: false };
  connection = new ClientConnection({ host: '127.0.0.1', port: server.port }, requestsLeft, {
    idle: () => {
      seen.idleCount += 1;
      return true;
    },
    closed: () => (seen.isClosed = true),
  });
  return seen;
}

/** Sends a request and gives its outcome. */
const send = (request = GET): Promise<Outcome> =>
  new Promise((resolve) => {
    connection.send(request, resolve);
  });

/** The loss of a request to a server that behaves so, as the first or the second request of its connection. */
async function lossFrom(behave: Behaviour): Promise<string> {
  const seen = await connectTo(behave);
  const outcome = await send();
  expect(outcome.kind).toBe('lost');
  await waitUntil('the connection to be closed', () => seen.isClosed);
  return outcome.kind === 'lost' ? outcome.loss : outcome.kind;
}

describe('a client connection', () => {
  test('uses its connection again when the answer is complete', async () => {
    const seen = await connectTo((socket) => socket.write(answer()));
    expect(connection.isReused).toBe(false);
    expect(await send()).toEqual({ kind: 'answered' });
    await waitUntil('idle', () => seen.idleCount === 1);
    expect(connection.isReused).toBe(true);
    expect(await send({ ...GET, path: '/two' })).toEqual({ kind: 'answered' });
    expect(server.requests).toEqual(['GET / HTTP/1.1', 'GET /two HTTP/1.1']);
    expect(server.sockets).toHaveLength(1);
  });

  test('closes after its number of requests', async () => {
    const seen = await connectTo((socket) => socket.write(answer()), 1);
    expect(await send()).toEqual({ kind: 'answered' });
    await waitUntil('the connection to be closed', () => seen.isClosed);
    expect(seen.idleCount).toBe(0);
  });

  test('closes after an answer with Connection: close', async () => {
    const seen = await connectTo((socket) =>
      socket.write(answer(200, 'ok', 'Connection: close\r\n')),
    );
    expect(await send()).toEqual({ kind: 'answered' });
    await waitUntil('the connection to be closed', () => seen.isClosed);
    expect(seen.idleCount).toBe(0);
  });

  test('is stale a second before the time the server names', async () => {
    const seen = await connectTo((socket) =>
      socket.write(answer(200, 'ok', 'Keep-Alive: timeout=3\r\n')),
    );
    await send();
    await waitUntil('idle', () => seen.idleCount === 1);
    const nowMs = performance.now();
    expect(connection.isStale(nowMs + 1900)).toBe(false);
    expect(connection.isStale(nowMs + 2001)).toBe(true);
  });

  test('reports that the server closed it while idle, without a loss', async () => {
    const seen = await connectTo((socket) => {
      socket.write(answer(), () => setImmediate(() => socket.end()));
    });
    expect(await send()).toEqual({ kind: 'answered' });
    await waitUntil('the connection to be closed', () => seen.isClosed);
  });

  test('sends a body with its length and type', async () => {
    const body = '{"a":"ä"}';
    await connectTo(() => undefined);
    const read = new Promise<string>((resolve) => {
      const http = createServer((request, response) => {
        const { 'content-type': type = '', 'content-length': length = '' } = request.headers;
        void text(request).then((received) => {
          resolve([type, length, received].join(' '));
          response.end();
        });
      });
      http.listen(0, '127.0.0.1', () => {
        const { port } = http.address() as AddressInfo;
        const other = new ClientConnection({ host: '127.0.0.1', port }, 1, {
          idle: () => false,
          closed: () => http.close(),
        });
        other.send({ method: 'POST', path: '/', body }, () => undefined);
      });
    });
    expect(await read).toBe(`application/json 10 ${body}`);
  });

  test('takes an answer that ends with the connection as complete', async () => {
    await connectTo((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it'));
    expect(await send()).toEqual({ kind: 'answered' });
  });

  test('loses to a refusal', async () => {
    await connectTo(() => undefined);
    await server.stop();
    expect(await send()).toMatchObject({ kind: 'lost', loss: 'refused' });
  });

  test('loses to a reset before the answer', async () => {
    expect(await lossFrom((socket) => socket.resetAndDestroy())).toBe('reset');
  });

  test('loses to an end before the answer', async () => {
    expect(await lossFrom((socket) => socket.end())).toBe('reset');
  });

  test('loses to an end within the headers', async () => {
    expect(await lossFrom((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le'))).toBe('reset');
  });

  test('loses to a body shorter than its Content-Length', async () => {
    const cut = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort';
    expect(await lossFrom((socket) => socket.end(cut))).toBe('truncated');
  });

  test('loses to a chunked body without its end', async () => {
    const cut = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n';
    expect(await lossFrom((socket) => socket.end(cut))).toBe('truncated');
  });

  test('loses to a reset within the body', async () => {
    const loss = await lossFrom((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    expect(loss).toBe('reset');
  });

  test('loses to an answer that is not HTTP', async () => {
    expect(await lossFrom((socket) => socket.write('SSH-2.0-OpenSSH\r\n'))).toBe('serverError');
  });

  test('loses to an upgrade nobody asked for', async () => {
    const upgrade = 'HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n';
    expect(await lossFrom((socket) => socket.write(upgrade))).toBe('reset');
  });

  test('loses to a status of 500 and keeps the connection', async () => {
    const seen = await connectTo((socket) => socket.write(answer(500)));
    expect(await send()).toMatchObject({ kind: 'lost', loss: 'serverError', detail: 'status 500' });
    await waitUntil('idle', () => seen.idleCount === 1);
  });

  test('loses a request on a used connection that is reset under it', async () => {
    const seen = await connectTo((socket, index) => {
      if (index === 0) socket.write(answer());
      else socket.resetAndDestroy();
    });
    await send();
    await waitUntil('idle', () => seen.idleCount === 1);
    expect(await send()).toMatchObject({ kind: 'lost', loss: 'reset' });
    expect(server.sockets).toHaveLength(1);
  });

  test('closes when a request is given up', async () => {
    const seen = await connectTo(() => undefined);
    const giveUp = connection.send(GET, () => undefined);
    await waitUntil('the request', () => server.requests.length === 1);
    giveUp();
    await waitUntil('the connection to be closed', () => seen.isClosed);
  });
});
