import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fetchText } from '../fixtures/fetch-text.ts';
import { metricOf } from '../fixtures/metric-of.ts';
import { runService } from '../fixtures/run-service.ts';

describe('the admin server', () => {
  test('takes another port, on the main thread, when its own is in use, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await using service = await runService({ kitOptions: { adminPort: port } });
    expect(service.onWorker).toBe(false);
    expect(service.output()).toContain(`127.0.0.1 ${port} is in use`);
    expect((await fetchText(service.adminPort, '/readyz')).status).toBe(200);
    expect(await metricOf(service, 'bellows_admin_worker')).toBe(0);
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
    expect(await metricOf(service, 'bellows_admin_worker')).toBe(0);
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
