import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createKit } from '../src/index.ts';
import { fetchText } from './fixtures/fetch-text.ts';
import { connectRaw } from './fixtures/raw-client.ts';

describe('a kit in this process', () => {
  const quiet = { adminPort: 0, adminHost: '127.0.0.1', signals: [], log: () => undefined };

  test('goes through its phases, and its probes with it', async () => {
    const kit = createKit(quiet);
    expect(kit.phase).toBe('starting');
    expect(kit.adminAddress).toBeUndefined();
    await kit.start();
    const { port, onWorker } = kit.adminAddress!;
    expect(onWorker).toBe(true);
    expect((await fetchText(port, '/readyz/started')).body).toBe(
      'internal server error: kit.ready() was not called yet, or something blocks the start\n',
    );
    expect((await fetchText(port, '/startupz')).status).toBe(500);
    expect((await fetchText(port, '/livez')).status).toBe(200);
    kit.ready();
    expect(kit.phase).toBe('ready');
    expect((await fetchText(port, '/readyz')).status).toBe(200);
    expect(await kit.drain()).toMatchObject({ drained: 0, aborted: 0, failedClosers: [] });
    expect(kit.phase).toBe('draining');
    await kit.stop();
    await kit.stop();
    expect(kit.phase).toBe('closed');
    await expect(fetchText(port, '/livez')).rejects.toThrow();
  });

  test('starts and drains with a log that throws', async () => {
    const log = (): void => {
      throw new Error('the disk is full');
    };
    const kit = createKit({ ...quiet, log });
    kit.onClose('throws', log);
    await kit.start();
    expect(await kit.drain()).toMatchObject({ failedClosers: ['throws'] });
    await kit.stop();
  });

  test('drains once, however often it is asked', async () => {
    const kit = createKit(quiet);
    let closed = 0;
    kit.onClose('once', () => void (closed += 1));
    await Promise.all([kit.drain(), kit.drain()]);
    expect(closed).toBe(1);
    await kit.stop();
  });

  test('cuts what a drain still waits for when it is stopped', async () => {
    const kit = createKit({ ...quiet, drainDelaySeconds: 60, abortGraceSeconds: 0.05 });
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    kit.attach(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const request = fetchText(port, '/').catch((error: unknown) => error);
    await once(server, 'request');
    const drained = kit.drain();
    await kit.stop();
    expect(await drained).toMatchObject({ aborted: 1 });
    expect(await request).toBeInstanceOf(Error);
    expect(server.listening).toBe(false);
  });

  test('has nothing more to do when its stop resolves, a start under way included', async () => {
    const kit = createKit(quiet);
    let hasStarted = false;
    const starting = kit.start().then(() => (hasStarted = true));
    await kit.stop();
    await Promise.race([starting, new Promise((resolve) => setImmediate(resolve))]);
    expect(hasStarted).toBe(true);
    expect(kit.adminAddress).toBeUndefined();
    expect(kit.phase).toBe('closed');
  });

  test('has cut what its drain waited for when its stop resolves', async () => {
    const kit = createKit({ ...quiet, drainDelaySeconds: 60, abortGraceSeconds: 0.05 });
    const queue = kit.queue({ name: 'never' }, () => new Promise(() => undefined));
    let failure: unknown;
    void queue.push(1).catch((error: unknown) => (failure = error));
    const drained = kit.drain();
    await kit.stop();
    expect(failure).toMatchObject({ code: 'ERR_KIT_DRAINING' });
    expect(await drained).toMatchObject({ aborted: 1 });
  });

  test('can be stopped by one of its closers', async () => {
    const kit = createKit(quiet);
    kit.onClose('stops', () => kit.stop());
    expect(await kit.drain()).toMatchObject({ failedClosers: [] });
  });

  test('does not drain after its stop, and stays closed', async () => {
    const kit = createKit(quiet);
    let closed = 0;
    kit.onClose('never', () => void (closed += 1));
    await kit.stop();
    expect(await kit.drain()).toMatchObject({ drained: 0, aborted: 0, failedClosers: [] });
    expect([kit.phase, closed]).toEqual(['closed', 0]);
  });

  test('lets nothing begin that is registered after its drain has begun', async () => {
    const kit = createKit(quiet);
    const drained = kit.drain();
    const server = createServer();
    kit.attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'close');
    const queue = kit.queue({ name: 'late' }, () => Promise.resolve());
    await expect(queue.push(1)).rejects.toMatchObject({ code: 'ERR_KIT_DRAINING' });
    await drained;
    let closed = 0;
    kit.onClose('late', () => void (closed += 1));
    expect(closed).toBe(1);
    await kit.stop();
  });

  test("aborts an upgraded request's signal when its connection has closed", async () => {
    const kit = createKit(quiet);
    const server = createServer();
    kit.attach(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = await connectRaw((server.address() as AddressInfo).port);
    client.socket.write(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n',
    );
    const [request, socket] = (await once(server, 'upgrade')) as [IncomingMessage, Socket];
    const signal = kit.abortSignal(request);
    expect(signal.aborted).toBe(false);
    const aborted = once(signal, 'abort');
    socket.destroy();
    await aborted;
    await kit.stop();
    server.close();
  });

  test('holds nothing when its start has failed', async () => {
    const before = process.listenerCount('SIGTERM');
    const kit = createKit({ ...quiet, adminHost: '192.0.2.1', signals: ['SIGTERM'] });
    await expect(kit.start()).rejects.toMatchObject({ code: 'ERR_KIT_ADMIN_LISTEN' });
    expect(process.listenerCount('SIGTERM')).toBe(before);
    await kit.stop();
  });

  test('takes no listener of the process or the server along when it stops', async () => {
    const server = createServer();
    const counts = (): number[] =>
      [process.listenerCount('SIGTERM'), process.listenerCount('SIGINT')].concat(
        ['request', 'connection', 'newListener', 'upgrade'].map((event) =>
          server.listenerCount(event),
        ),
      );
    const before = counts();
    const kit = createKit({ ...quiet, signals: ['SIGTERM', 'SIGINT'] });
    kit.attach(server);
    await kit.start();
    expect(counts()).not.toEqual(before);
    await kit.stop();
    expect(counts()).toEqual(before);
  });

  test('raises the keep-alive timeout of a server only when nobody else has set it', () => {
    const kit = createKit(quiet);
    const untouched = createServer();
    const chosen = createServer();
    chosen.keepAliveTimeout = 7_000;
    kit.attach(untouched);
    kit.attach(chosen);
    expect([untouched.keepAliveTimeout, chosen.keepAliveTimeout]).toEqual([65_000, 7_000]);
  });

  test('refuses what is no server and a queue name that is taken', () => {
    const kit = createKit(quiet);
    expect(() => {
      kit.attach({} as never);
    }).toThrow(/Expected `server` to be a server/);
    kit.queue({ name: 'mail' }, () => Promise.resolve());
    expect(() => kit.queue({ name: 'mail' }, () => Promise.resolve())).toThrow(
      /to be free, got `mail`/,
    );
  });
});
