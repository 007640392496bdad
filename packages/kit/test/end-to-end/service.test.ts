import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseExposition } from '@bellows/exposition';
import { isAlive, waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runService, type RunningService } from '../fixtures/run-service.ts';

const QUICK = { drainDelaySeconds: 0.1, drainQuietSeconds: 0.05, inFlightTimeoutSeconds: 60 };
/** A drain that goes on until a second signal. */
const ENDLESS = { drainDelaySeconds: 600 };

/** The value of a series on `/metrics`; undefined when there is none. */
async function metric(
  { adminPort }: Pick<RunningService, 'adminPort'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const { body } = await fetchText(adminPort, '/metrics');
  const samples = [...parseExposition(Buffer.from(body))].flatMap((family) => family.samples);
  return samples.find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;
}

/** Stops the service's loop; resolves when it has stood still for so long. */
async function block(service: RunningService, standsStillSeconds: number): Promise<void> {
  await fetchText(service.ports[0]!, '/block');
  await waitUntil(
    'a stall',
    async () => (await metric(service, 'bellows_heartbeat_age_seconds'))! > standsStillSeconds,
  );
}

describe('while the main loop is blocked', () => {
  test('every probe is answered and the loop counts as busy', async () => {
    await using service = await runService({ kitOptions: { readinessStallSeconds: 0.5 } });
    const { adminPort } = service;
    await block(service, 0.6);
    expect((await fetchText(adminPort, '/livez')).status).toBe(200);
    expect((await fetchText(adminPort, '/startupz')).status).toBe(200);
    expect((await fetchText(adminPort, '/readyz')).status).toBe(500);
    const active = (await metric(service, 'nodejs_eventloop_active_seconds_total'))!;
    const idle = (await metric(service, 'nodejs_eventloop_idle_seconds_total'))!;
    await waitUntil(
      'more active time',
      async () => (await metric(service, 'nodejs_eventloop_active_seconds_total'))! > active,
    );
    expect(await metric(service, 'nodejs_eventloop_idle_seconds_total')).toBe(idle);
    service.unblock();
    await waitUntil(
      'ready again',
      async () => (await fetchText(adminPort, '/readyz')).status === 200,
    );
  });

  test('a debugger that may hold it keeps the probes green', async () => {
    await using service = await runService(
      { kitOptions: { livenessStallSeconds: 1, readinessStallSeconds: 0.5 } },
      {},
      ['--inspect=127.0.0.1:0'],
    );
    await block(service, 1.2);
    expect((await fetchText(service.adminPort, '/livez')).status).toBe(200);
    expect((await fetchText(service.adminPort, '/readyz')).status).toBe(200);
  });
});

describe('at SIGTERM', () => {
  test('a blocked loop answers its probes and drains when it turns again', async () => {
    await using service = await runService({ kitOptions: QUICK });
    await block(service, 0.3);
    service.process.kill('SIGTERM');
    expect((await fetchText(service.adminPort, '/livez')).status).toBe(200);
    expect(service.output()).not.toContain('draining');
    service.unblock();
    expect(await service.ended).toBe(0);
    expect(service.output()).toContain('SIGTERM: draining');
  });

  test('readiness goes red, liveness stays green, the closers run and the process ends with 0', async () => {
    await using service = await runService({ kitOptions: ENDLESS });
    expect((await fetchText(service.adminPort, '/readyz')).body).toBe('ok');
    service.process.kill('SIGTERM');
    const readiness = await waitUntil('readiness red', async () => {
      const answer = await fetchText(service.adminPort, '/readyz');
      return answer.status === 500 && answer.body;
    });
    expect(readiness).toContain('[-]shutdown failed: reason withheld\nreadyz check failed\n');
    expect((await fetchText(service.adminPort, '/livez')).status).toBe(200);
    expect((await fetchText(service.adminPort, '/startupz')).status).toBe(200);
    expect((await fetchText(service.ports[0]!, '/')).headers.get('connection')).toBe('close');
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(service.output()).toContain('{"closed":true}');
  });

  test('readiness can be kept', async () => {
    await using service = await runService({
      kitOptions: { ...ENDLESS, readinessWhileDraining: 'keep' },
    });
    service.process.kill('SIGTERM');
    await waitUntil(
      'the drain',
      async () => (await metric(service, 'bellows_phase', { phase: 'draining' })) === 1,
    );
    expect((await fetchText(service.adminPort, '/readyz')).status).toBe(200);
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  test('both servers of a process are drained', async () => {
    await using service = await runService({ servers: 2, kitOptions: QUICK });
    const answers = service.ports.map((port) => fetchText(port, '/?held'));
    await waitUntil(
      'both requests',
      async () => (await metric(service, 'http_requests_in_flight')) === 2,
    );
    service.process.kill('SIGTERM');
    await waitUntil('the drain', () => service.output().includes('draining'));
    service.release();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await service.ended).toBe(0);
  });

  test('queued work ends before the process does', async () => {
    await using service = await runService({ kitOptions: QUICK });
    const orders = [1, 2, 3, 4].map(() => fetchText(service.ports[0]!, '/orders'));
    await waitUntil('waiting orders', async () => (await metric(service, 'queue_length')) === 2);
    service.process.kill('SIGTERM');
    await waitUntil('the drain', () => service.output().includes('draining'));
    service.release();
    expect((await Promise.all(orders)).map(({ body }) => body)).toEqual(Array(4).fill('ordered'));
    expect(await service.ended).toBe(0);
  });

  test('a request that does not end is aborted and the exit code is 1', async () => {
    const kitOptions = { ...QUICK, inFlightTimeoutSeconds: 0.2, abortGraceSeconds: 0.1 };
    await using service = await runService({ kitOptions });
    const request = fetchText(service.ports[0]!, '/never').catch((error: unknown) => error);
    await waitUntil(
      'the request',
      async () => (await metric(service, 'http_requests_in_flight')) === 1,
    );
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(1);
    expect(service.output()).toContain('1 aborted');
    expect(await request).toBeInstanceOf(Error);
  });

  test('a handler that heeds its AbortSignal still answers', async () => {
    const kitOptions = { ...QUICK, inFlightTimeoutSeconds: 0.2, abortGraceSeconds: 60 };
    await using service = await runService({ heedsAbort: true, kitOptions });
    const request = fetchText(service.ports[0]!, '/never');
    await waitUntil(
      'the request',
      async () => (await metric(service, 'http_requests_in_flight')) === 1,
    );
    service.process.kill('SIGTERM');
    expect((await request).body).toBe('stopped');
    expect(await service.ended).toBe(0);
  });

  test('a second signal cuts what is under way', async () => {
    await using service = await runService({
      kitOptions: { ...ENDLESS, abortGraceSeconds: 0.1 },
    });
    const request = fetchText(service.ports[0]!, '/never').catch((error: unknown) => error);
    await waitUntil(
      'the request',
      async () => (await metric(service, 'http_requests_in_flight')) === 1,
    );
    service.process.kill('SIGTERM');
    await waitUntil('the drain', () => service.output().includes('draining'));
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(1);
    await request;
  });

  test('a third signal ends a process that did not opt in, as if there were no handler', async () => {
    await using service = await runService({
      kitOptions: { ...ENDLESS, abortGraceSeconds: 60 },
    });
    const request = fetchText(service.ports[0]!, '/never').catch((error: unknown) => error);
    await waitUntil(
      'the request',
      async () => (await metric(service, 'http_requests_in_flight')) === 1,
    );
    service.process.kill('SIGTERM');
    await waitUntil('the drain', () => service.output().includes('draining'));
    service.process.kill('SIGTERM');
    await waitUntil('the hurry', () => service.output().includes('a second signal'));
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe('SIGTERM');
    await request;
  });

  test('what keeps the process alive is named, and exitOnSignal ends it all the same', async () => {
    await using service = await runService({ lingers: true, kitOptions: QUICK });
    service.process.kill('SIGTERM');
    await waitUntil('the report', () => /kept alive by: .*Timeout/.test(service.output()));
    expect(isAlive(service.process.pid!)).toBe(true);
    await using exiting = await runService({
      lingers: true,
      kitOptions: { ...QUICK, exitOnSignal: true },
    });
    exiting.process.kill('SIGTERM');
    expect(await exiting.ended).toBe(0);
  });
});

describe('the first scrape', () => {
  test('has a sample of every autoscaling signal', async () => {
    await using service = await runService({});
    const zeros: [string, Record<string, string>?][] = [
      ['http_requests_total', { method: 'GET', route: 'unknown', code: '200' }],
      ['http_request_duration_seconds_count', { method: 'GET', route: 'unknown' }],
      ['http_requests_in_flight'],
      ['http_requests_shed_total', { reason: 'queue_full' }],
      ['queue_length', { queue: 'orders' }],
      ['queue_oldest_item_age_seconds', { queue: 'orders' }],
      ['queue_items_total', { queue: 'orders', outcome: 'completed' }],
    ];
    for (const [name, labels] of zeros) {
      expect([name, await metric(service, name, labels)]).toEqual([name, 0]);
    }
    const positive = [
      'nodejs_eventloop_active_seconds_total',
      'nodejs_eventloop_idle_seconds_total',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
    ];
    for (const name of positive) expect(await metric(service, name)).toBeGreaterThan(0);
    const startSeconds = (await metric(service, 'process_start_time_seconds'))!;
    expect(Math.abs(startSeconds - Date.now() / 1000)).toBeLessThan(30);
  });

  test('counts what came by method, route and code', async () => {
    await using service = await runService({});
    await fetchText(service.ports[0]!, '/items');
    await fetchText(service.ports[0]!, '/items', { method: 'POST', body: 'x' });
    const labels = { method: 'POST', route: '/items', code: '200' };
    await waitUntil(
      'both',
      async () => (await metric(service, 'http_requests_total', labels)) === 1,
    );
    expect(await metric(service, 'http_requests_total', { ...labels, method: 'GET' })).toBe(1);
    expect(await metric(service, 'http_request_duration_seconds_count', { route: '/items' })).toBe(
      1,
    );
  });
});

test('a full queue is answered with 503 and a Retry-After, and counted', async () => {
  await using service = await runService({});
  const orders = [1, 2, 3, 4, 5, 6].map(() => fetchText(service.ports[0]!, '/orders'));
  await waitUntil('a full queue', async () => (await metric(service, 'queue_length')) === 4);
  const refused = await fetchText(service.ports[0]!, '/orders');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('error-code')).toBe('ERR_KIT_QUEUE_FULL');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(await metric(service, 'http_requests_shed_total', { reason: 'queue_full' })).toBe(1);
  expect(await metric(service, 'queue_items_total', { outcome: 'full' })).toBe(1);
  service.release();
  await Promise.all(orders);
});

describe('the admin server', () => {
  test('takes another port, on the main thread, when its own is in use, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await using service = await runService({ kitOptions: { adminPort: port } });
    expect(service.onWorker).toBe(false);
    expect(service.output()).toContain(`127.0.0.1 ${port} is in use`);
    expect((await fetchText(service.adminPort, '/readyz')).status).toBe(200);
    expect(await metric(service, 'bellows_admin_worker')).toBe(0);
    other.close();
  });

  test('takes port and address from the environment', async () => {
    await using service = await runService(
      { kitOptions: { adminHost: undefined, adminPort: undefined } },
      { BELLOWS_ADMIN_PORT: '0', BELLOWS_POD_IP: '127.0.0.1' },
    );
    expect(service.output()).toContain('"host":"127.0.0.1"');
    expect((await fetchText(service.adminPort, '/livez')).body).toBe('ok');
  });

  test('is on the main thread, and says so, where threads are not permitted', async () => {
    // The flag has lost its prefix with Node 22.13.
    const flags = process.allowedNodeEnvironmentFlags;
    const flag = flags.has('--permission') ? '--permission' : '--experimental-permission';
    await using service = await runService({}, {}, [flag, '--allow-fs-read=*']);
    expect(service.onWorker).toBe(false);
    expect(service.output()).toContain('the admin worker thread cannot serve');
    expect((await fetchText(service.adminPort, '/readyz')).status).toBe(200);
    expect(await metric(service, 'bellows_admin_worker')).toBe(0);
  });

  test('loads neither --import nor NODE_OPTIONS a second time in its thread', async () => {
    const preload = fileURLToPath(new URL('../fixtures/preload.mjs', import.meta.url));
    await using service = await runService({}, { NODE_OPTIONS: `--import=${preload}` }, [
      '--import',
      preload,
    ]);
    expect(service.onWorker).toBe(true);
    expect(service.output()).toContain('preloaded in the main thread');
    expect(service.output()).not.toContain('preloaded in the worker thread');
  });
});
