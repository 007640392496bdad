import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { expect, test } from 'vitest';
import { startTestServer } from '../fixtures/metrics-server.ts';

test.each([
  ['GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n', '400 Bad Request'],
  [`GET / HTTP/1.1\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, '431 Request Header Fields Too Large'],
])('a request that is none is told so once, and its connection ends', async (bytes, line) => {
  await using server = await startTestServer();
  const socket = connect({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  socket.write(bytes);
  await once(socket, 'close');
  expect(said).toBe(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  expect(server.logged).toEqual([]);
});

test('bytes that are no handshake end their connection', async () => {
  await using server = await startTestServer();
  const socket = connectTcp(server.port, '127.0.0.1').on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(socket.resume(), 'close');
  expect((await server.ask('/livez')).status).toBe(200);
  expect(server.logged).toEqual([]);
});
