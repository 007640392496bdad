import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { deferContinue, holdContinue, releaseContinue } from '../../src/http/expect-continue.ts';
import { serve } from '../fixtures/serve.ts';

const HEAD = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n';
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A client that waits for 100 before it sends its body, and what it has got. */
function ask(port: number): { socket: Socket; got: () => string } {
  const socket = connect(port, '127.0.0.1');
  closers.push(() => socket.destroy());
  let text = '';
  socket.on('data', (data: Buffer) => {
    text += data.toString();
  });
  socket.on('error', () => undefined);
  socket.write(HEAD);
  return { socket, got: () => text };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** One runs, one waits, for as long as the test takes. */
const ONE_EACH = { name: 'http', concurrency: 1, maxLength: 1, maxWaitSeconds: 600 };

describe('100 Continue', () => {
  test('is written when the handler has returned', async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end('done'));
    });
    deferContinue(server);
    const { socket, got } = ask(await listen(server));
    await waitUntil('100', () => got() === 'HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('body');
    await waitUntil('the answer', () => got().endsWith('done'));
  });

  test('is not written to who was answered at once, and the connection closes', async () => {
    const server = createServer((_request, response) => response.writeHead(403).end());
    deferContinue(server);
    const { socket, got } = ask(await listen(server));
    await once(socket, 'end');
    expect(got()).toMatch(/^HTTP\/1\.1 403 [^]*Connection: close/);
  });

  test('waits for the last hold', async () => {
    let release = (): void => undefined;
    const server = createServer((request, response) => {
      holdContinue(response);
      release = () => {
        releaseContinue(response);
        request.resume().on('end', () => response.end('done'));
      };
      setImmediate(() => socket.write('body'));
    });
    deferContinue(server);
    const { socket, got } = ask(await listen(server));
    await once(server, 'request');
    await new Promise((resolve) => setImmediate(resolve));
    expect(got()).toBe('');
    release();
    await waitUntil('both', () => got().startsWith('HTTP/1.1 100') && got().endsWith('done'));
  });

  test('is left to a service that listens for such requests itself', async () => {
    const server = createServer();
    deferContinue(server);
    server.on('checkContinue', (_request, response) => response.writeHead(417).end());
    const { socket, got } = ask(await listen(server));
    await once(socket, 'end');
    expect(got()).toMatch(/^HTTP\/1\.1 417 /);
  });

  test('comes after a limit has found a place, and never when it has none', async () => {
    const ends: (() => void)[] = [];
    await using served = await serve((kit) =>
      kit.limit(ONE_EACH).handler((request, response) => {
        request.resume();
        ends.push(() => response.end('done'));
      }),
    );
    const first = ask(served.port);
    await waitUntil('the first to run', () => first.got().includes('100 Continue'));
    const second = ask(served.port);
    await waitUntil('the second to wait', async () =>
      (await served.metrics()).includes('queue_length{queue="http"} 1'),
    );
    const third = ask(served.port);
    await once(third.socket, 'end');
    expect(third.got()).toMatch(/^HTTP\/1\.1 503 /);
    expect(second.got()).toBe('');
    ends.shift()?.();
    await waitUntil('the second to run', () => second.got().includes('100 Continue'));
  });

  test('is still held back during the drain', async () => {
    await using served = await serve(
      () => (_request, response) => {
        response.writeHead(403).end();
      },
      { drainDelaySeconds: 5 },
    );
    void served.kit.drain();
    const { socket, got } = ask(served.port);
    await once(socket, 'end');
    expect(got()).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('is held back of streams of HTTP/2', async () => {
    const server = createHttp2Server((_request, response) => response.writeHead(403).end());
    deferContinue(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    closers.push(() => {
      session.destroy();
    });
    const stream = session.request({ ':method': 'POST', ':path': '/', expect: '100-continue' });
    let continues = 0;
    stream.on('continue', () => (continues += 1));
    const [headers] = (await once(stream, 'response')) as [{ ':status': number }];
    expect(headers[':status']).toBe(403);
    expect(continues).toBe(0);
    stream.close();
  });
});
