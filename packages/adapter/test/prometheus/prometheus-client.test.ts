import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { machineHas } from '@bellows/testkit';
import { describe, expect, test } from 'vitest';
import {
  createPrometheusClient,
  type PrometheusClient,
  type PrometheusClientOptions,
} from '../../src/prometheus/prometheus-client.ts';
import { startPrometheus } from '../fixtures/prometheus.ts';

/** A client of a server that answers as told, for what a real Prometheus does only when it is ill. */
async function withServer(
  listener: RequestListener,
  use: (client: PrometheusClient, url: string) => Promise<void>,
  options: Partial<PrometheusClientOptions> = {},
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`;
  const client = createPrometheusClient({ url, ...options });
  try {
    await use(client, url);
  } finally {
    client.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

const emptyVector = '{"status":"success","data":{"resultType":"vector","result":[]}}';

describe.runIf(machineHas('prometheus'))('beside a real Prometheus', () => {
  test('asks queries, finds series and tells its errors', async () => {
    await using prometheus = await startPrometheus();
    const client = createPrometheusClient({ url: prometheus.url });
    const { type, samples } = await client.query('up{job="self"}');
    expect(type).toBe('vector');
    expect(samples).toMatchObject([{ labels: { __name__: 'up', job: 'self' }, value: 1 }]);
    expect(await client.query('scalar(vector(1)) / 0')).toMatchObject({
      type: 'scalar',
      samples: [{ value: Number.POSITIVE_INFINITY }],
    });
    const shapes = await client.series(
      '{__name__=~"up|prometheus_build_info"}',
      Date.now() - 60_000,
    );
    expect(shapes.map(({ name }) => name).sort()).toEqual(['prometheus_build_info', 'up']);
    expect(shapes.find(({ name }) => name === 'up')?.labelNames).toEqual(['instance', 'job']);
    await expect(client.query('up{')).rejects.toMatchObject({
      code: 'ERR_ADAPTER_SOURCE',
      message: expect.stringContaining('bad_data') as string,
    });
    await expect(client.series('{', 0)).rejects.toMatchObject({ code: 'ERR_ADAPTER_SOURCE' });
    const long = `up{job=~"self|${'x'.repeat(5000)}"}`;
    expect((await client.query(long)).samples).toHaveLength(1);
    client.close();
  });
});

describe('createPrometheusClient', () => {
  test('keeps the path of the URL, sends headers, and long parameters as a form', async () => {
    const seen: (string | undefined)[] = [];
    await withServer(
      (request, response) => {
        seen.push(
          request.method,
          request.url?.split('?')[0],
          request.headers['x-scope-orgid'] as string,
        );
        request.resume();
        response.end(emptyVector);
      },
      async (client) => {
        await client.query('up');
        await client.query(`up{a="${'x'.repeat(3000)}"}`);
      },
      { headers: [['X-Scope-OrgID', 'a']] },
    );
    expect(seen).toEqual(['GET', '/prefix/api/v1/query', 'a', 'POST', '/prefix/api/v1/query', 'a']);
  });

  test('goes back to GET for good where POST is refused', async () => {
    const methods: (string | undefined)[] = [];
    await withServer(
      (request, response) => {
        methods.push(request.method);
        request.resume();
        response.statusCode = request.method === 'POST' ? 405 : 200;
        response.end(emptyVector);
      },
      async (client) => {
        const long = `up{a="${'x'.repeat(3000)}"}`;
        await client.query(long);
        await client.query(long);
      },
    );
    expect(methods).toEqual(['POST', 'GET', 'GET']);
  });

  test.each([
    ['HTML', '<html>', 200, /not its JSON/],
    ['a page of a proxy', '<html>', 502, /status 502/],
    ['another form', '{"status":"success","data":[]}', 200, /not its JSON/],
    [
      'a broken value',
      '{"status":"success","data":{"resultType":"scalar","result":[1,"0x10"]}}',
      200,
      /not its JSON/,
    ],
    [
      'its own error',
      '{"status":"error","errorType":"timeout","error":"too slow"}',
      503,
      /refused the query \(timeout\)/,
    ],
  ])('says when the answer is %s', async (_what, body, status, message) => {
    await withServer(
      (_request, response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end(body);
      },
      async (client) => {
        await expect(client.query('up')).rejects.toThrow(message);
      },
    );
  });

  test('bounds the time and the size of an answer', async () => {
    await withServer(
      (request, response) => {
        if (request.url?.includes('never') === true) return;
        response.write(`{"status":"success","data":"${'x'.repeat(2000)}`);
      },
      async (client) => {
        await expect(client.query('never')).rejects.toThrow(/no answer within 300 ms/);
        await expect(client.query('large')).rejects.toThrow(/more than 1000 bytes/);
      },
      { timeoutMs: 300, maxAnswerBytes: 1000 },
    );
  });

  test('keeps shapes of series and lets values go, whatever the chunks', async () => {
    await withServer(
      (_request, response) => {
        response.write('{"status":"success","data":[');
        for (let index = 0; index < 1000; index += 1) {
          response.write(`{"__name__":"a","pod":"p${index}","b":"x"},`);
        }
        response.end('{"__name__":"b"}]}');
      },
      async (client) => {
        expect(await client.series('a', 0)).toEqual([
          { name: 'a', labelNames: ['b', 'pod'] },
          { name: 'b', labelNames: [] },
        ]);
      },
    );
  });

  test.each(['{"status":"success","data":null}', '{"status":"success","data":[{"a"', 'x'])(
    'takes %j for no list of series, or for an empty one',
    async (body) => {
      await withServer(
        (_request, response) => {
          response.end(body);
        },
        async (client) => {
          const found = client.series('a', 0);
          if (body.includes('null')) expect(await found).toEqual([]);
          else await expect(found).rejects.toMatchObject({ code: 'ERR_ADAPTER_SOURCE' });
        },
      );
    },
  );

  test('refuses what is no URL, and says when nobody listens', async () => {
    expect(() => createPrometheusClient({ url: 'prometheus:9090' })).toThrow(/Expected a URL/);
    const client = createPrometheusClient({ url: 'http://127.0.0.1:1' });
    await expect(client.query('up')).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
  });
});
