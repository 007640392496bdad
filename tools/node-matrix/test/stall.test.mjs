import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runService, waitUntil } from './run-service.mjs';

const get = async (port, path) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, body: await response.text() };
};
const value = async (port, name) => {
  const { body } = await get(port, '/metrics');
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1]);
};

test(
  'probes are answered while the loop is blocked, and it counts as busy',
  { timeout: 60_000 },
  async () => {
    const service = await runService({
      protocol: 'http',
      kitOptions: { readinessStallSeconds: 0.5 },
    });
    const { port } = service.admin;
    try {
      assert.equal(service.admin.onWorker, true);
      await get(service.port, '/block');
      await waitUntil(
        'a stall',
        async () => (await value(port, 'bellows_heartbeat_age_seconds')) > 1,
      );
      const idle = await value(port, 'nodejs_eventloop_idle_seconds_total');
      const active = await value(port, 'nodejs_eventloop_active_seconds_total');
      for (let probe = 0; probe < 20; probe += 1) {
        assert.equal((await get(port, '/livez')).status, 200);
        assert.equal((await get(port, '/readyz')).status, 500);
      }
      await waitUntil(
        'more active time',
        async () => (await value(port, 'nodejs_eventloop_active_seconds_total')) > active,
      );
      assert.equal(await value(port, 'nodejs_eventloop_idle_seconds_total'), idle);
      service.child.stdin.write('.');
      await waitUntil('readiness', async () => (await get(port, '/readyz')).status === 200);
      service.child.kill('SIGTERM');
    } finally {
      service.child.kill('SIGKILL');
    }
  },
);
