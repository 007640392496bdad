import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { parseExposition, type MetricFamily } from '@bellows/exposition';
import { temporaryDirectory, waitUntil } from '@bellows/testkit';
import { ADMIN_LIMITS } from '../../src/admin/admin-line.ts';
import { environmentName } from '../../src/options/environment-name.ts';
import { normalizeOptions, OPTION_NAMES } from '../../src/options/normalize-options.ts';
import { cgroupFamilies } from '../../src/runtime-metrics/cgroup-families.ts';
import { findCgroup } from '../../src/runtime-metrics/cgroup-files.ts';
import { CGROUP_V2_FILES } from '../fixtures/cgroup-v2.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runService } from '../fixtures/run-service.ts';

const METRICS_DOCUMENT = new URL('../../../../docs/reference/metrics.md', import.meta.url);

const readDocument = (name: string): string =>
  readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

/** The page once the main thread has told what only it knows, which it does in its first round: labels show then. */
function readWholePage({ adminPort }: { readonly adminPort: number }): Promise<string> {
  return waitUntil(
    'the first round',
    async () => {
      const { body } = await fetchText(adminPort, '/metrics');
      const shown = ['\nnodejs_active_handles{', '\nnodejs_heap_space_size_used_bytes{'];
      return shown.every((text) => body.includes(text)) && body;
    },
    { timeoutMs: 20_000 },
  );
}

test('the reference lists the metrics that a service has, with type and labels', async () => {
  await using service = await runService({});
  const body = await readWholePage(service);
  const exposed = [...parseExposition(Buffer.from(body))].map(({ name, type, samples }) => {
    const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    labels.delete('le');
    // It has no series before its first overflow.
    if (name === 'bellows_metric_overflow_total') labels.add('metric');
    // A service need not have checks, closers or pools.
    if (name === 'bellows_closer_runs_total') labels.add('closer').add('outcome');
    if (name.startsWith('bellows_check_')) labels.add('check');
    if (name === 'bellows_check_runs_total') labels.add('outcome');
    if (name.startsWith('pool_')) labels.add('pool');
    if (name === 'pool_connections') labels.add('state');
    if (name === 'bellows_collect_errors_total' || name === 'bellows_metric_clashes') {
      labels.add('metric');
    }
    if (name === 'nodejs_active_requests') labels.add('type');
    return `${name}${labels.size > 0 ? `{${[...labels].join(',')}}` : ''} ${type}`;
  });
  const rows = readDocument('reference/metrics.md').matchAll(/^\| `([^`]+)` +\| (\w+) /gm);
  const documented = [...rows].map(([, metric, type]) => `${metric!} ${type!}`);
  const isElsewhere = (row: string): boolean => row.startsWith('cgroup_');
  expect(documented.filter((row) => !isElsewhere(row)).sort()).toEqual(
    exposed.filter((row) => !isElsewhere(row)).sort(),
  );
});

test('the table of the event loop, process and container is what the code has', async () => {
  await using service = await runService({});
  const body = await readWholePage(service);
  const live = parseExposition(Buffer.from(body)).filter(({ name }) =>
    /^(?:nodejs|process)_/.test(name),
  );
  const rows = [...live, ...(await allCgroupFamilies())].map(({ name, type, help, samples }) => {
    const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
    labels.delete('le');
    if (name === 'nodejs_active_requests') labels.add('type');
    const text = labels.size > 0 ? `{${[...labels].join(',')}}` : '';
    return `| \`${name}${text}\` | ${type} | ${help!} |\n`;
  });
  const table = await format(
    `| metric | type | what it says |\n| --- | --- | --- |\n${rows.join('')}`,
    { parser: 'markdown' },
  );
  const document = readDocument('reference/metrics.md');
  const made = document.replace(
    /(?<=<!-- made: begin -->\n)[^]*(?=<!-- made: end -->)/,
    `\n${table}\n`,
  );
  if (process.env['BELLOWS_WRITE_DOCS'] === '1') writeFileSync(METRICS_DOCUMENT, made);
  else expect(document).toBe(made);
});

test('has a zero sample of every autoscaling signal from the first scrape', async () => {
  await using service = await runService({});
  const { body } = await fetchText(service.adminPort, '/metrics');
  const lines = body.split('\n');
  for (const signal of [
    'http_requests_total{method="GET",route="unknown",code="200"} 0',
    'http_requests_in_flight 0',
    'http_request_duration_seconds_count{method="GET",route="unknown"} 0',
    'http_requests_shed_total{reason="queue_full"} 0',
    'queue_length{queue="orders"} 0',
    'queue_oldest_item_age_seconds{queue="orders"} 0',
    'queue_items_total{queue="orders",outcome="completed"} 0',
  ]) {
    expect(lines).toContain(signal);
  }
  expect(body).toMatch(/^nodejs_eventloop_active_seconds_total /m);
  expect(body).toMatch(/^nodejs_eventloop_idle_seconds_total /m);
});

/** Those of a control group that tells everything. */
async function allCgroupFamilies(): Promise<MetricFamily[]> {
  await using folder = await temporaryDirectory();
  for (const [path, text] of Object.entries(CGROUP_V2_FILES)) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  return cgroupFamilies(findCgroup(folder.path));
}

test('the reference lists every option with its variable and default', () => {
  const rows = readDocument('reference/kit.md').matchAll(
    /^\| `(\w+)` +\| `(BELLOWS_\w+)` +\| (.+?) +\|/gm,
  );
  const documented = [...rows].map(([, option, variable, value]) => [option, variable, value]);
  const defaults = normalizeOptions({}, {});
  const derived: Record<string, string> = {
    adminHost: '`BELLOWS_POD_IP`, else all',
    drainDelayMaxSeconds: '`drainDelaySeconds` + 5',
    drainToken: 'none',
  };
  expect(documented).toEqual(
    OPTION_NAMES.map((name) => [
      name,
      environmentName(name),
      derived[name] ?? String(defaults[name]),
    ]),
  );
});

test("the guide's handler answers 503 for every way in which a queue refuses, else 500", async () => {
  const [sample] = /const mails = [^]+?(?=```)/.exec(readDocument('guides/kit.md'))!;
  const program = `export default (kit, createServer, send, readMail) => { ${sample} return server; }`;
  const { default: build } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(program)}`
  )) as { default: (...given: unknown[]) => Server };
  const outcomes = [
    'ERR_KIT_QUEUE_FULL',
    'ERR_KIT_QUEUE_TIMEOUT',
    'ERR_KIT_DRAINING',
    'ERR_ELSEWHERE',
  ];
  const shed: string[] = [];
  const kit = {
    queue: () => ({
      push: (code: string) => Promise.reject(Object.assign(new Error(code), { code })),
    }),
    shed: (response: ServerResponse, reason: string) => {
      shed.push(reason);
      response.writeHead(503).end();
    },
  };
  const readMail = (request: IncomingMessage): Promise<string> =>
    Promise.resolve(request.url!.slice(1));
  const server = build(kit, createServer, undefined, readMail).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const statuses: number[] = [];
  for (const code of outcomes) statuses.push((await fetchText(port, `/${code}`)).status);
  expect(statuses).toEqual([503, 503, 503, 500]);
  expect(shed).toEqual(['queue_full', 'queue_timeout', 'draining']);
  server.close();
});

test('what is said about the admin port in public is what it does', () => {
  const security = readFileSync(new URL('../../../../SECURITY.md', import.meta.url), 'utf8');
  const limits =
    /It takes (\d+) KiB of headers, (\d+) s for them, (\d+) s for a request, (\d+) requests a second, (\d+) of them scrapes, and (\d+) connections, (\d+)/;
  const said = limits.exec(security.replaceAll('\n', ' '))?.slice(1).map(Number);
  const { maxHeaderBytes, headersTimeoutMs, requestTimeoutMs } = ADMIN_LIMITS;
  const { maxRequestsPerSecond, maxScrapesPerSecond } = ADMIN_LIMITS;
  const { maxConnections, maxConnectionsPerAddress } = ADMIN_LIMITS;
  expect(said).toEqual([
    maxHeaderBytes / 1024,
    headersTimeoutMs / 1000,
    requestTimeoutMs / 1000,
    maxRequestsPerSecond,
    maxScrapesPerSecond,
    maxConnections,
    maxConnectionsPerAddress,
  ]);
  expect(security).toContain('One path changes the service: `/drain`');
});
