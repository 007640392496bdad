import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import type { AdminConfig } from '../../src/admin/admin-config.ts';
import { AdminServer } from '../../src/admin/admin-server.ts';
import { WORKER_SOURCE } from '../../src/admin/worker-bundle.ts';
import { MetricRegistry } from '../../src/instruments/metric-registry.ts';
import { CheckBoard } from '../../src/memory/check-board.ts';
import { ControlBlock } from '../../src/memory/control-block.ts';
import { fetchText } from '../fixtures/fetch-text.ts';

const CONFIG: AdminConfig = {
  host: '127.0.0.1',
  port: 0,
  livenessStallMs: 30_000,
  readinessStallMs: 5_000,
  readinessWhileDraining: 'fail',
  drainToken: '',
};

interface Subject {
  readonly admin: AdminServer;
  readonly registry: MetricRegistry;
  readonly control: ControlBlock;
  readonly said: string[];
  readonly restarts: () => number;
  readonly drains: () => number;
}

/** Those of this process that have not ended. */
const threads = new Set<Worker>();
const follow = (worker: Worker): void => {
  threads.add(worker);
  worker.once('exit', () => threads.delete(worker));
};
process.on('worker', follow);
afterAll(() => process.off('worker', follow));

const started: AdminServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((admin) => admin.stop()));
});

function create(workerSource: string | undefined, config: Partial<AdminConfig> = {}): Subject {
  const registry = new MetricRegistry(10);
  const control = new ControlBlock();
  control.heartbeat = { heartbeatNs: process.hrtime.bigint(), loopActiveNs: 0n, loopIdleNs: 0n };
  const said: string[] = [];
  let restarts = 0;
  let drains = 0;
  const admin = new AdminServer({
    config: { ...CONFIG, ...config },
    control,
    checks: new CheckBoard(),
    onDrain: () => void (drains += 1),
    journal: registry.journal,
    workerSource,
    log: (line) => said.push(line),
    onRestart: () => (restarts += 1),
  });
  started.push(admin);
  return { admin, registry, control, said, restarts: () => restarts, drains: () => drains };
}

/** A thread that dies when it is told of a new metric; the next one finds that metric there and lives. */
const MORTAL_SOURCE = `${WORKER_SOURCE}
  require('node:worker_threads').parentPort.on('message', () => { throw new Error('on purpose'); });`;

function kill(registry: MetricRegistry): void {
  registry.counter({ name: 'last_words_total', help: 'Ends a mortal thread.' });
}

/** Resolves with whether `promise` has settled by now. */
function hasSettled(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, new Promise<boolean>((r) => setImmediate(r, false))]);
}

async function occupyPort(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a thread that serves', () => {
  test('renders metrics that came before and after its start, as they are at that moment', async () => {
    const { admin, registry } = create(WORKER_SOURCE);
    const before = registry.counter({ name: 'before_total', help: 'Old.', labelNames: ['a'] });
    before.inc({ a: 'x"y' }, 2);
    await admin.start();
    const after = registry.gauge({ name: 'after', help: 'New.' });
    after.set(1.5);
    before.inc({ a: 'z' });
    const { body, headers } = await fetchText(admin.address!.port, '/metrics');
    expect(headers.get('content-type')).toContain('version=0.0.4');
    expect(body).toContain('before_total{a="x\\"y"} 2\nbefore_total{a="z"} 1\n');
    expect(body).toContain('# TYPE after gauge\nafter 1.5\n');
  });

  test('answers unknown paths and methods as such', async () => {
    const { admin } = create(WORKER_SOURCE);
    await admin.start();
    const { port } = admin.address!;
    expect((await fetchText(port, '/nothing')).status).toBe(404);
    expect((await fetchText(port, '/readyz/nothing')).status).toBe(404);
    expect((await fetchText(port, '/__proto__')).status).toBe(404);
    expect((await fetchText(port, '/livez', { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetchText(port, '/livez', { method: 'HEAD' })).status).toBe(200);
    expect((await fetchText(port, '/livez?exclude=%ZZ&verbose')).status).toBe(200);
  });

  test.each([WORKER_SOURCE, undefined])(
    'passes on a drain that it may, and no other',
    async (source) => {
      const { admin, control, drains } = create(source);
      await admin.start();
      const { port } = admin.address!;
      const post = { method: 'POST', headers: { 'bellows-drain': '1' } };
      expect((await fetchText(port, '/drain')).status).toBe(403);
      expect((await fetchText(port, '/drain', { method: 'POST' })).status).toBe(403);
      expect(control.drainRequested).toBe(false);
      expect(await fetchText(port, '/drain', post)).toMatchObject({
        status: 200,
        body: 'draining\n',
      });
      await waitUntil('the main thread', () => drains() === 1);
      expect((await fetchText(port, '/readyz/shutdown')).body).toContain(
        'process is shutting down',
      );
      expect((await fetchText(port, '/livez')).status).toBe(200);
    },
  );

  test('is followed by a new one at the same port when it dies', async () => {
    const { admin, registry, said, restarts } = create(MORTAL_SOURCE);
    await admin.start();
    const { port } = admin.address!;
    kill(registry);
    await waitUntil('a new thread', () => restarts() >= 1 && admin.address?.onWorker === true);
    expect(admin.address!.port).toBe(port);
    expect(said[0]).toMatch(/the admin worker thread died \(.+\); a new one starts in 100 ms/);
  });

  test('that takes more memory than it may is ended alone, and followed by a new one', async () => {
    const greedy = `${WORKER_SOURCE}
      require('node:worker_threads').parentPort.on('message', () => {
        for (const kept = []; ; ) kept.push(Array.from({ length: 100_000 }, Math.random));
      });`;
    const { admin, registry, said, restarts } = create(greedy);
    await admin.start();
    kill(registry);
    await waitUntil('a new thread', () => restarts() >= 1 && admin.address?.onWorker === true, {
      timeoutMs: 60_000,
    });
    expect(said[0]).toMatch(/the admin worker thread died \(.*memory limit.*\)/);
    expect((await fetchText(admin.address!.port, '/livez')).body).toBe('ok');
  }, 90_000);

  test('that dies again and again is given up for the main thread', async () => {
    const dies = `${WORKER_SOURCE}\nsetTimeout(() => process.exit(3), 20);`;
    const { admin, said } = create(dies);
    await admin.start();
    await waitUntil('the main thread', () => admin.address?.onWorker === false, {
      timeoutMs: 60_000,
    });
    expect((await fetchText(admin.address!.port, '/livez')).body).toBe('ok');
    expect(said.at(-1)).toContain('served from the main thread');
  }, 90_000);
});

test('refuses headers that are longer than any probe needs', async () => {
  const { admin } = create(undefined);
  await admin.start();
  const { port } = admin.address!;
  const withHeader = (bytes: number): Promise<{ status: number }> =>
    fetchText(port, '/livez', { headers: { Authorization: 'x'.repeat(bytes) } });
  expect((await withHeader(7_000)).status).toBe(200);
  expect((await withHeader(9_000)).status).toBe(431);
});

describe('when a thread cannot serve', () => {
  test('the main thread does, with all metrics', async () => {
    const { admin, registry, said } = create('throw new Error("no thread today")');
    registry.counter({ name: 'here_total', help: 'x' }).inc();
    await admin.start();
    expect(admin.address!.onWorker).toBe(false);
    const { body } = await fetchText(admin.address!.port, '/metrics');
    expect(body).toContain('here_total 1\n');
    expect(body).toContain('bellows_admin_worker 0\n');
    expect(said[0]).toContain('no thread today');
  });

  test('because its port is in use, another one is taken and named', async () => {
    const other = await occupyPort();
    const { port } = other.address() as AddressInfo;
    const { admin, said } = create(WORKER_SOURCE, { port });
    await admin.start();
    expect(admin.address!.port).not.toBe(port);
    expect(said.at(-1)).toContain(`at port ${admin.address!.port} of the main thread`);
    expect(said.at(-1)).toContain('BELLOWS_ADMIN_PORT');
    other.close();
  });

  test('because its address is of another machine, the start fails and says so', async () => {
    const { admin } = create(WORKER_SOURCE, { host: '192.0.2.1' });
    await expect(admin.start()).rejects.toThrow(/192\.0\.2\.1, port 0, got: .*EADDRNOTAVAIL/);
  });
});

describe('stop', () => {
  test('ends a thread that is starting, and a start has no more to do when it resolves', async () => {
    const { admin, said } = create(WORKER_SOURCE);
    const starting = admin.start();
    await admin.stop();
    expect(await hasSettled(starting)).toBe(true);
    expect(threads.size).toBe(0);
    expect(admin.address).toBeUndefined();
    expect(said).toEqual([]);
  });

  test('ends a thread that would never come to serve', async () => {
    const { admin } = create('setInterval(() => undefined, 1000);');
    const starting = admin.start();
    await admin.stop();
    expect(await hasSettled(starting)).toBe(true);
  });

  test('ends a start that has failed, whose failure is told to its caller', async () => {
    const { admin } = create(undefined, { host: '192.0.2.1' });
    const starting = admin.start();
    const failure = starting.catch((error: unknown) => error);
    await admin.stop();
    expect(await failure).toMatchObject({ code: 'ERR_KIT_ADMIN_LISTEN' });
  });

  test('leaves no thread when a new one is just starting', async () => {
    const { admin, registry, restarts } = create(MORTAL_SOURCE);
    await admin.start();
    const restarting = once(process, 'worker');
    kill(registry);
    await restarting;
    await admin.stop();
    expect(restarts()).toBe(1);
    expect(threads.size).toBe(0);
    expect(admin.address).toBeUndefined();
  });

  test('leaves none to come when a new one is due', async () => {
    const { admin, registry, said, restarts } = create(MORTAL_SOURCE);
    await admin.start();
    kill(registry);
    await waitUntil('its end', () => said.length > 0);
    await admin.stop();
    const restartsAtStop = restarts();
    // Timers of one length fire in the order they were set: the restart's own was set before.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(restarts()).toBe(restartsAtStop);
    expect(admin.address).toBeUndefined();
  });

  test('is the same promise the second time', async () => {
    const { admin } = create(WORKER_SOURCE);
    await admin.start();
    expect(admin.stop()).toBe(admin.stop());
    await admin.stop();
  });
});
