import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { ADMIN_LIMITS } from '../../src/admin/admin-line.ts';
import { listenForAdmin } from '../../src/admin/admin-listener.ts';
import type { AdminListener } from '../../src/admin/start-listening.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { connectRaw } from '../fixtures/raw-client.ts';

const listeners: AdminListener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

async function listen(): Promise<{ port: number }> {
  const listener = await listenForAdmin(
    (_, response) => {
      response.end('ok');
    },
    '',
    0,
  );
  listeners.push(listener);
  return { port: listener.port };
}

async function connectFrom(localAddress: string, port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, localAddress });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

describe('the admin port', () => {
  test('refuses headers beyond its bound and goes on', async () => {
    const { port } = await listen();
    const client = await connectRaw(port);
    client.socket.write(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`);
    expect(await client.ended).toContain('431 Request Header Fields Too Large');
    expect((await fetchText(port, '/')).body).toBe('ok');
  });

  test('ends a sender whose headers do not get complete in their time', async () => {
    const { port } = await listen();
    const client = await connectRaw(port);
    client.socket.write('GET / HTTP/1.1\r\nHost: ');
    expect(await client.ended).toContain('408 Request Timeout');
  }, 30_000);

  test('gives one address no more than its share of connections, so that others get in', async () => {
    const { port } = await listen();
    const greedy = await Promise.all(
      Array.from({ length: ADMIN_LIMITS.maxConnectionsPerAddress + 20 }, () =>
        connectFrom('127.0.0.2', port),
      ),
    );
    await waitUntil(
      'the refusals',
      () => greedy.filter((socket) => socket.destroyed).length === 20,
    );
    expect((await fetchText(port, '/')).body).toBe('ok');
    for (const socket of greedy) socket.destroy();
    const again = await connectFrom('127.0.0.2', port);
    await waitUntil('a free place', () => !again.destroyed);
    again.destroy();
  });
});
