import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { writeExposition } from '@bellows/exposition';
import { waitUntil } from '@bellows/testkit';
import { MetricsView } from '../../src/admin/metrics-view.ts';
import { HttpMetrics } from '../../src/http/http-metrics.ts';
import { HttpServerTracker } from '../../src/http/http-server-tracker.ts';
import { recordOf } from '../../src/http/request-record.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';
import { connectRaw, get } from '../fixtures/raw-client.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function track(
  server: Server,
  maxRoutes = 100,
): Promise<{
  port: number;
  tracker: HttpServerTracker;
  page: () => string;
}> {
  servers.push(server);
  const registry = new MetricRegistry(maxRoutes);
  const tracker = new HttpServerTracker(
    server,
    new HttpMetrics(registry, maxRoutes),
    () => undefined,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = (): string => {
    const view = new MetricsView(registry.journal.entries);
    return writeExposition(view.families(0));
  };
  return { port: (server.address() as AddressInfo).port, tracker, page };
}

describe('HttpServerTracker', () => {
  test('counts a request as in flight until its response has ended', async () => {
    const held: ServerResponse[] = [];
    const { port, tracker, page } = await track(
      createServer((_, response) => void held.push(response)),
    );
    const client = await connectRaw(port);
    client.socket.write(get('/'));
    await waitUntil('the request', () => held.length === 1);
    expect(tracker.inFlight).toBe(1);
    expect(page()).toContain('http_requests_in_flight 1\n');
    held[0]!.end('x');
    await waitUntil('its end', () => tracker.inFlight === 0);
    expect(page()).toContain('http_requests_in_flight 0\n');
    expect(page()).toContain('http_requests_total{method="GET",route="unknown",code="200"} 1\n');
    expect([tracker.ended, tracker.pending]).toEqual([1, 1]);
    client.socket.destroy();
    await waitUntil('no connection', () => tracker.pending === 0);
  });

  test('counts a client that went away before the answer as 499', async () => {
    const { port, tracker, page } = await track(createServer(() => undefined));
    const client = await connectRaw(port);
    client.socket.write(get('/'));
    await waitUntil('the request', () => tracker.inFlight === 1);
    client.socket.destroy();
    await waitUntil('its end', () => tracker.inFlight === 0);
    expect(page()).toContain('http_requests_total{method="GET",route="unknown",code="499"} 1\n');
  });

  test('counts pipelined requests whose client went away, also those behind the one being answered', async () => {
    const { port, tracker, page } = await track(createServer(() => undefined));
    const client = await connectRaw(port);
    client.socket.write(get('/a') + get('/b') + get('/c'));
    await waitUntil('the requests', () => tracker.inFlight === 3);
    client.socket.destroy();
    await waitUntil('their end', () => tracker.inFlight === 0);
    expect(tracker.ended).toBe(3);
    expect(page()).toContain('http_requests_total{method="GET",route="unknown",code="499"} 3\n');
  });

  test('counts a request that expects 100-continue once, also when the handler passes it on', async () => {
    const server = createServer((_, response) => response.end());
    server.on('checkContinue', (request, response: ServerResponse) => {
      response.writeContinue();
      server.emit('request', request, response);
    });
    const { port, tracker } = await track(server);
    const client = await connectRaw(port);
    client.socket.write('GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n');
    await client.waitFor('200 OK');
    await waitUntil('its end', () => tracker.ended === 1);
    expect(tracker.inFlight).toBe(0);
  });

  test('keeps no series for routes beyond the cap', async () => {
    const server = createServer();
    const { port, tracker, page } = await track(server, 3);
    server.on('request', (request, response: ServerResponse) => {
      recordOf(request)!.route = request.url!;
      response.end();
    });
    const client = await connectRaw(port);
    for (let id = 0; id < 6; id += 1) client.socket.write(get(`/items/${id}`));
    await waitUntil('all requests', () => tracker.ended === 6);
    const series = page().match(/^http_requests_total\{.*$/gm);
    expect(series).toEqual([
      'http_requests_total{method="GET",route="unknown",code="200"} 0',
      'http_requests_total{method="GET",route="/items/0",code="200"} 1',
      'http_requests_total{method="GET",route="/items/1",code="200"} 1',
      'http_requests_total{method="overflow",route="overflow",code="overflow"} 4',
    ]);
  });
});
