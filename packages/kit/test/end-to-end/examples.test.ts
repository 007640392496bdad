import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseExposition } from '@bellows/exposition';
import { machineHas, promtoolComplaints, waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runScript } from '../fixtures/run-script.ts';
import { scaleIn } from '../fixtures/scale-in.ts';

const run = promisify(execFile);
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folderOf = (example: string): string => pathOf(`../../../../examples/${example}`);
const TRIAL_TIMEOUT_MS = 120_000;
const CERTIFICATE = {
  TLS_KEY: pathOf('../fixtures/key.pem'),
  TLS_CERT: pathOf('../fixtures/cert.pem'),
};

beforeAll(async () => {
  const cwd = folderOf('next');
  const next = pathOf('../../../../node_modules/next/dist/bin/next');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  await run(process.execPath, [next, 'build'], { cwd, env });
}, 180_000);

/** The routes that have been asked for. */
async function askedRoutes(adminPort: number): Promise<string[]> {
  const { body } = await fetchText(adminPort, '/metrics');
  const families = [...parseExposition(Buffer.from(body))];
  const { samples } = families.find(({ name }) => name === 'http_requests_total')!;
  const asked = samples.filter(({ value }) => value > 0);
  return [...new Set(asked.map(({ labels }) => labels['route']!))].sort();
}

describe.each([
  ['express-4', 'server.js', '/items/:id'],
  ['express-5', 'server.js', '/items/:id'],
  ['fastify', 'server.js', '/items/:id'],
  ['koa', 'server.js', '/items/:id'],
  ['hono', 'server.js', '/items/:id'],
  ['nest', 'dist/server.js', '/items/:id'],
  ['next', 'server.js', '/items/[id]'],
])('the example of %s', (example, script, route) => {
  const settings = { cwd: folderOf(example) };
  const path = join(folderOf(example), script);

  test('names routes by their pattern', async () => {
    await using service = await runScript(path, settings);
    for (const url of ['/items/17', '/items/18', '/no/such/19']) {
      await fetchText(service.port, url);
    }
    const expected = [route, 'unknown'];
    await waitUntil('the routes', async () => {
      const routes = await askedRoutes(service.adminPort);
      return routes.length >= expected.length;
    });
    expect(await askedRoutes(service.adminPort)).toEqual(expected);
  });

  if (machineHas('prometheus')) {
    test('promtool has nothing to say against its metrics', async () => {
      await using service = await runScript(path, settings);
      await fetchText(service.port, '/items/17');
      await waitUntil('the route', async () => (await askedRoutes(service.adminPort)).length > 0);
      const { body } = await fetchText(service.adminPort, '/metrics');
      expect(promtoolComplaints(body)).toBe('');
    });
  }

  test('loses no request when it is scaled in', { timeout: TRIAL_TIMEOUT_MS }, async () => {
    await using service = await runScript(path, settings);
    const { lost, servedByOther, ended } = await scaleIn(service, 20);
    expect(lost).toEqual([]);
    expect(servedByOther).toBeGreaterThan(0);
    expect(ended).toBe(0);
  });
});

if (machineHas('prometheus')) {
  test('promtool has nothing to say against the metrics of the example of http2', async () => {
    const settings = { cwd: folderOf('http2'), env: CERTIFICATE };
    await using service = await runScript(join(folderOf('http2'), 'server.js'), settings);
    const { body } = await fetchText(service.adminPort, '/metrics');
    expect(body).toContain('http_requests_total');
    expect(promtoolComplaints(body)).toBe('');
  });
}

test(
  'the example of http2 loses no request of HTTP/1.1 clients over TLS',
  { timeout: TRIAL_TIMEOUT_MS },
  async () => {
    const settings = { cwd: folderOf('http2'), env: CERTIFICATE };
    await using service = await runScript(join(folderOf('http2'), 'server.js'), settings);
    const { lost, ended } = await scaleIn(service, 20, true);
    expect(lost).toEqual([]);
    expect(ended).toBe(0);
  },
);
