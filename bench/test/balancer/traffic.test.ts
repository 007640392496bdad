import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  keepAliveTraffic,
  newConnectionTraffic,
  pacedLatenciesMs,
} from '../../src/balancer/traffic.ts';

let server: Server;
let port: number;
let connectionCount = 0;
let requestCount = 0;

beforeEach(async () => {
  connectionCount = 0;
  requestCount = 0;
  server = createServer({ noDelay: true }, (socket) => {
    connectionCount += 1;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      requestCount += 1;
      socket.write('answer');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  server.close();
  await once(server, 'close');
});

test('keep-alive traffic uses its connections again and counts every answer', async () => {
  expect(await keepAliveTraffic(port, 3, 0.1)).toBe(requestCount);
  expect(connectionCount).toBe(3);
  expect(requestCount).toBeGreaterThan(10);
});

test('new-connection traffic opens one for each answer', async () => {
  expect(await newConnectionTraffic(port, 3, 0.1)).toBe(connectionCount);
  expect(connectionCount).toBeGreaterThan(3);
});

test('paced traffic gives a latency for each answer', async () => {
  const latenciesMs = await pacedLatenciesMs(port, 2, 5, 0.2);
  expect(latenciesMs.length).toBeGreaterThan(5);
  expect(latenciesMs.every((ms) => ms >= 0 && ms < 1000)).toBe(true);
});
