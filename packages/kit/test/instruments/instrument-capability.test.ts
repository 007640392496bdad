import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { waitUntil } from '@bellows/testkit';
import promClient from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import { createKit } from '../../src/create-kit.ts';
import type { Kit } from '../../src/kit.ts';
import ownClient from '../../src/prom-client/index.ts';
import { fetchText } from '../fixtures/fetch-text.ts';

let kit: Kit | undefined;
let said: string[] = [];

afterEach(async () => {
  await kit?.stop();
  promClient.register.clear();
  ownClient.register.clear();
});

function create(): Kit {
  said = [];
  kit = createKit({
    adminPort: 0,
    adminHost: '127.0.0.1',
    signals: [],
    collectIntervalSeconds: 0.1,
    log: (line) => said.push(line),
  });
  return kit;
}

async function linesOf(started: Kit, ...starts: string[]): Promise<string[]> {
  const { body } = await fetchText(started.adminAddress!.port, '/metrics');
  return body.split('\n').filter((line) => starts.some((start) => line.startsWith(start)));
}

test('collect runs on a schedule; one that throws is counted and costs nobody else', async () => {
  const created = create();
  let calls = 0;
  created.gauge({
    name: 'good',
    help: 'x',
    collect() {
      this.set((calls += 1));
    },
  });
  created.gauge({
    name: 'bad',
    help: 'x',
    collect() {
      throw new Error('broken');
    },
  });
  await created.start();
  const before = calls;
  await linesOf(created, 'good');
  await linesOf(created, 'good');
  const failures = await waitUntil('a failure on the page', async () => {
    const [line] = await linesOf(created, 'bellows_collect_errors_total{metric="bad"}');
    return line;
  });
  expect(Number(failures.split(' ')[1])).toBeGreaterThan(0);
  await waitUntil('another round', () => calls > before);
  expect(said.filter((line) => line.includes('bad'))).toEqual(['collecting bad failed: broken']);
});

test('the register that stands in for prom-client is on the page, and loses a clash', async () => {
  const created = create();
  await created.start();
  const counter = new ownClient.Counter({ name: 'mine_total', help: 'x', labelNames: ['a'] });
  counter.inc({ a: 'b' }, 3);
  new ownClient.Gauge({ name: 'http_requests_in_flight', help: 'another' }).set(77);
  expect(
    await linesOf(created, 'mine_total', 'http_requests_in_flight', 'bellows_metric_clashes{'),
  ).toEqual([
    'http_requests_in_flight 0',
    'mine_total{a="b"} 3',
    'bellows_metric_clashes{metric="http_requests_in_flight"} 1',
  ]);
});

test('default metrics that are collected twice stand on the page once, and are no clash', async () => {
  const created = create();
  ownClient.collectDefaultMetrics();
  await created.start();
  const lines = await linesOf(created, 'process_cpu_seconds_total ', 'bellows_metric_clashes{');
  expect(lines).toHaveLength(1);
});

test('a registry of prom-client is bridged; what clashes and what throws is named', async () => {
  const created = create();
  const labelNames = ['kind'];
  new promClient.Histogram({ name: 'theirs_seconds', help: 'x', labelNames, buckets: [1] })
    .labels('a "b"')
    .observe(0.5);
  new promClient.Gauge({ name: 'process_open_fds', help: 'another' }).set(1);
  new promClient.Gauge({
    name: 'fails',
    help: 'x',
    collect: () => {
      throw new Error('broken');
    },
  });
  created.exposeRegistry(promClient.register);
  await created.start();
  const lines = await waitUntil('the bridged metrics', async () => {
    const found = await linesOf(created, 'theirs_', 'bellows_metric_clashes{', 'bellows_collect_');
    return found.length >= 6 ? found : undefined;
  });
  expect(lines.filter((line) => !line.startsWith('bellows_collect'))).toEqual([
    'theirs_seconds_bucket{le="1",kind="a \\"b\\""} 1',
    'theirs_seconds_bucket{le="+Inf",kind="a \\"b\\""} 1',
    'theirs_seconds_sum{kind="a \\"b\\""} 0.5',
    'theirs_seconds_count{kind="a \\"b\\""} 1',
    'bellows_metric_clashes{metric="process_open_fds"} 1',
  ]);
  expect(lines.join()).toContain('bellows_collect_errors_total{metric="fails"}');
});

test('a registry whose text cannot be read is counted and named', async () => {
  const created = create();
  created.exposeRegistry({
    getMetricsAsArray: () => [{ name: 'odd' }],
    getSingleMetricAsString: () => Promise.resolve('no text of metrics'),
  });
  await created.start();
  await waitUntil('the failure is counted', async () => {
    const lines = await linesOf(created, 'bellows_collect_errors_total');
    return lines.some((line) => /\{metric="odd"\} [1-9]/.test(line));
  });
});

function openMetricsRegistry(): promClient.Registry<promClient.OpenMetricsContentType> {
  const registry = new promClient.Registry<promClient.OpenMetricsContentType>();
  registry.setContentType(promClient.openMetricsContentType);
  return registry;
}

test.each([undefined, null, {}, openMetricsRegistry()])(
  'what is no registry that writes text is refused: %s',
  (registry) => {
    expect(() => {
      create().exposeRegistry(registry as never);
    }).toThrow(/Expected `registry` to be a registry of prom-client/);
  },
);

test('the page comes as text or OpenMetrics, compressed for those who ask', async () => {
  const created = create();
  await created.start();
  const { port } = created.adminAddress!;
  const text = await fetchText(port, '/metrics', { headers: { accept: 'text/plain' } });
  expect(text.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const openMetrics = await fetchText(port, '/metrics', {
    headers: { accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5' },
  });
  expect(openMetrics.headers.get('content-type')).toMatch(
    /^application\/openmetrics-text; version=1/,
  );
  expect(openMetrics.body).toContain('# TYPE http_requests counter\n');
  expect(openMetrics.body.endsWith('# EOF\n')).toBe(true);
  // fetch takes gzip by itself and undoes it.
  expect(text.headers.get('content-encoding')).toBe('gzip');
  const plain = await fetchText(port, '/metrics', { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(() => gunzipSync(plain.body)).toThrow();
});

/** Fetches a page in a thread of its own, told by a number in shared memory, which it sets to 2 when it is done. */
const FETCHER = `
const { workerData } = require('node:worker_threads');
const state = new Int32Array(workerData.state);
Atomics.wait(state, 0, 0);
fetch(workerData.url, { headers: { 'accept-encoding': 'identity' } }).then(async (response) => {
  const bytes = new Uint8Array(await response.arrayBuffer());
  new Uint8Array(workerData.page).set(bytes);
  Atomics.store(state, 1, bytes.length);
  Atomics.store(state, 0, 2);
  Atomics.notify(state, 0);
});
`;

test('labels that came right before a block are on the page during it', async () => {
  const created = create();
  const counter = created.counter({ name: 'late_total', help: 'x', labelNames: ['a'] });
  await created.start();
  const state = new Int32Array(new SharedArrayBuffer(8));
  const page = new SharedArrayBuffer(1_000_000);
  const url = `http://127.0.0.1:${String(created.adminAddress!.port)}/metrics`;
  const fetcher = new Worker(FETCHER, {
    eval: true,
    workerData: { state: state.buffer, page, url },
  });
  await once(fetcher, 'online');
  counter.inc({ a: 'just now' }, 2);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
  // From here on this thread stands still until the page is there.
  expect(Atomics.wait(state, 0, 1, 20_000)).not.toBe('timed-out');
  const body = Buffer.from(new Uint8Array(page).slice(0, Atomics.load(state, 1))).toString();
  expect(body).toContain('late_total{a="just now"} 2');
  await once(fetcher, 'exit');
});
