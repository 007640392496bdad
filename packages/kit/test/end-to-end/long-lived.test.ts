import { once } from 'node:events';
import { createServer, get as httpGet, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { waitUntil } from '@bellows/testkit';
import { createKit, type Kit, type KitOptions } from '../../src/index.ts';
import { connectRaw } from '../fixtures/raw-client.ts';

const OPTIONS: KitOptions = {
  adminPort: 0,
  adminHost: '127.0.0.1',
  signals: [],
  log: () => undefined,
  drainDelaySeconds: 0.2,
  drainQuietSeconds: 0.05,
  inFlightTimeoutSeconds: 10,
};

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(
  server: Server,
  options: Partial<KitOptions> = {},
): Promise<{ kit: Kit; port: number }> {
  const kit = createKit({ ...OPTIONS, ...options });
  kit.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.close();
    server.closeAllConnections();
    await kit.stop();
  });
  return { kit, port: (server.address() as AddressInfo).port };
}

async function openWebSocket(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  await once(socket, 'open');
  return socket;
}

const UPGRADE = (protocol: string): string =>
  `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`;

describe('a WebSocket when the service drains', () => {
  test.each([1001, 1012] as const)(
    'is closed with %i, between messages that stay whole',
    async (code) => {
      const server = createServer();
      const sockets = new WebSocketServer({ server });
      const message = 'x'.repeat(70_000);
      sockets.on('connection', (socket) => {
        const timer = setInterval(() => {
          if (socket.readyState === socket.OPEN) socket.send(message);
        }, 1);
        socket.on('close', () => {
          clearInterval(timer);
        });
      });
      const { kit, port } = await serve(server, { webSocketCloseCode: code });
      const clients = await Promise.all([1, 2, 3].map(() => openWebSocket(port)));
      const closes = clients.map(async (client) => {
        client.on('message', (data: Buffer) => {
          expect(data.length).toBe(message.length);
        });
        const [closeCode] = (await once(client, 'close')) as [number];
        return closeCode;
      });
      expect(await kit.drain()).toMatchObject({ drained: 3, aborted: 0 });
      expect(await Promise.all(closes)).toEqual([code, code, code]);
    },
  );

  test('is cut and counted when its client never answers the close frame', async () => {
    const server = createServer().on('upgrade', (_, socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      );
    });
    const { kit, port } = await serve(server, {
      inFlightTimeoutSeconds: 0.3,
      abortGraceSeconds: 0.1,
    });
    const deaf = await connectRaw(port);
    deaf.socket.write(UPGRADE('websocket'));
    await deaf.waitFor('101');
    expect(await kit.drain()).toMatchObject({ drained: 0, aborted: 1 });
    expect(Buffer.from(await deaf.ended, 'utf8').length).toBeGreaterThan(0);
  });
});

describe('an upgrade to anything else when the service drains', () => {
  test('gets no close frame, and is cut at the deadline', async () => {
    const server = createServer().on('upgrade', (_, socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n',
      );
    });
    const { kit, port } = await serve(server, {
      inFlightTimeoutSeconds: 0.3,
      abortGraceSeconds: 0.1,
    });
    const client = await connectRaw(port);
    client.socket.write(UPGRADE('tcp'));
    await client.waitFor('101');
    expect(await kit.drain()).toMatchObject({ aborted: 1 });
    expect((await client.ended).endsWith('\r\n\r\n')).toBe(true);
  });
});

test('an upgrade during the drain is refused before its handshake, and counted apart', async () => {
  const server = createServer().on('upgrade', () => {
    throw new Error('the service is not asked');
  });
  const { kit, port } = await serve(server, { drainDelaySeconds: 1 });
  const client = await connectRaw(port);
  const drained = kit.drain();
  client.socket.write(UPGRADE('websocket'));
  expect(await client.ended).toMatch(
    /^HTTP\/1\.1 503 .+\r\nConnection: close\r\nRetry-After: 1\r\n/,
  );
  expect(await drained).toMatchObject({ aborted: 0, lost: 0, refused: 1 });
});

describe('an event stream when the service drains', () => {
  /** Asks as an EventSource does; resolves with whether the answer ended whole. */
  function listen(port: number): Promise<{ body: string; complete: boolean }> {
    return new Promise((resolve) => {
      const headers = { accept: 'text/event-stream' };
      httpGet({ host: '127.0.0.1', port, headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('error', () => undefined);
        response.on('close', () => {
          resolve({ body, complete: response.complete });
        });
      });
    });
  }

  const begin = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: first\n\n');
  };

  test('ends as its handler wants, at the AbortSignal', async () => {
    let begun = 0;
    const server = createServer((request, response) => {
      begin(response);
      begun += 1;
      kit.abortSignal(request).addEventListener('abort', () => response.end('data: bye\n\n'));
    });
    const { kit, port } = await serve(server);
    const answer = listen(port);
    await waitUntil('the stream', () => begun === 1);
    expect(await kit.drain()).toMatchObject({ drained: 1, aborted: 0 });
    expect(await answer).toEqual({ body: 'data: first\n\ndata: bye\n\n', complete: true });
  });

  test('is ended by the kit when its handler does not, and what that writes then harms nobody', async () => {
    let begun = 0;
    let writesAfterEnd = 0;
    const server = createServer((_, response) => {
      begin(response);
      begun += 1;
      const timer = setInterval(() => {
        response.write('data: more\n\n');
        if (response.writableEnded) writesAfterEnd += 1;
      }, 5);
      response.on('close', () => {
        setTimeout(() => {
          clearInterval(timer);
        }, 50);
      });
    });
    const { kit, port } = await serve(server);
    const answer = listen(port);
    await waitUntil('the stream', () => begun === 1);
    expect(await kit.drain()).toMatchObject({ drained: 1, aborted: 0 });
    expect((await answer).complete).toBe(true);
    await waitUntil('a write after the end', () => writesAfterEnd > 0);
  });
});

test('a consumer is told to stop fetching at the first moment of the drain', async () => {
  const server = createServer();
  const { kit } = await serve(server, { drainDelaySeconds: 30 });
  let isTold = false;
  kit.drainSignal.addEventListener('abort', () => (isTold = true));
  void kit.drain();
  expect(isTold).toBe(true);
});
