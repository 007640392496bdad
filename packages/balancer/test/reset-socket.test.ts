import { once } from 'node:events';
import { waitUntil } from '@bellows/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { resetSocket } from '../src/reset-socket.ts';
import { converse, dial, startServer, type TestServer } from './fixtures/tcp.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

describe('resetSocket', () => {
  test('sends a reset, also right after a write', async () => {
    server = await startServer((socket) => {
      socket.once('data', () => {
        socket.write('part of an answer');
        setImmediate(() => {
          resetSocket(socket);
        });
      });
    });
    // A FIN first would be seen as an end in some of the tries.
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { ending } = await converse(server.port, 'hello');
      expect(ending).toBe('ECONNRESET');
    }
  });

  test('does not wait for a reader that does not read', async () => {
    server = await startServer((socket) => {
      socket.once('data', () => {
        socket.write(Buffer.alloc(16 * 1024 * 1024));
        resetSocket(socket);
      });
    });
    const socket = dial(server.port).pause();
    socket.write('hello');
    await waitUntil('the socket to be closed', () => server?.sockets[0]?.closed);
    socket.destroy();
  });

  test('closes a socket whose end is under way', async () => {
    const events: string[] = [];
    server = await startServer((socket) => {
      socket.on('error', (error) => events.push(error.message));
      socket.on('close', () => events.push('close'));
      socket.end('bye');
      resetSocket(socket);
    });
    await converse(server.port, '');
    await waitUntil('an event', () => events.length > 0);
    expect(events).toEqual(['close']);
  });

  test('closes a socket that is connecting, and leaves a closed one alone', async () => {
    server = await startServer(() => undefined);
    const socket = dial(server.port);
    resetSocket(socket);
    await once(socket, 'close');
    resetSocket(socket);
    expect(socket.destroyed).toBe(true);
  });
});
