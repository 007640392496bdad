import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ADMIN_LIMITS, createLine } from '../../src/admin/admin-line.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { connectRaw } from '../fixtures/raw-client.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function listen(): Promise<{ port: number; handled: string[] }> {
  const handled: string[] = [];
  const line = createLine((request, response) => {
    handled.push(request.url ?? '');
    response.end('ok');
  });
  const server = createServer(line.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    line.stop();
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, handled };
}

describe('the line at the admin port', () => {
  test('cuts a client that sends request after request without reading an answer', async () => {
    const { port, handled } = await listen();
    const client = await connectRaw(port);
    client.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(5_000));
    await client.ended;
    expect(handled.length).toBeLessThan(1_000);
    expect((await fetchText(port, '/')).body).toBe('ok');
  });

  test('answers although many have asked and gone', async () => {
    const { port, handled } = await listen();
    await askAndGo(port, 1_000);
    // Were they still in line, there would be no place for one more.
    expect((await fetchText(port, '/')).body).toBe('ok');
    expect(handled.length).toBeLessThan(1_000);
  });

  test('lets probes pass those who wait for metrics', async () => {
    const { port, handled } = await listen();
    const scrapes = Array.from({ length: 40 }, () => fetchText(port, '/metrics'));
    const first = await Promise.race(scrapes);
    expect(first.body).toBe('ok');
    await fetchText(port, '/readyz');
    await Promise.all(scrapes);
    expect(handled).toHaveLength(41);
    expect(handled.indexOf('/readyz')).toBeLessThan(handled.lastIndexOf('/metrics'));
  });
});

/** Asks on so many connections, a few at a time, and leaves each before it is answered. */
async function askAndGo(port: number, count: number): Promise<void> {
  const atOnce = ADMIN_LIMITS.maxConnectionsPerAddress / 2;
  for (let asked = 0; asked < count; asked += atOnce) {
    const sockets = await Promise.all(Array.from({ length: atOnce }, () => connectTo(port)));
    const closed = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) {
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      socket.destroySoon();
    }
    await Promise.all(closed);
  }
}

async function connectTo(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
