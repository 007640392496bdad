import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseExposition } from '@bellows/exposition';
import { waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runScript, type RunningScript, type ScriptSettings } from '../fixtures/run-script.ts';
import { scaleIn } from '../fixtures/scale-in.ts';

const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const REGISTER = pathToFileURL(fileAt('../../dist/register.js')).href;
const TRIAL_TIMEOUT_MS = 120_000;

/** Runs a service that knows nothing of the kit. */
function runUnmodified(name: string, settings: ScriptSettings = {}): Promise<RunningScript> {
  const nodeArguments = [`--import=${REGISTER}`];
  return runScript(fileAt(`../fixtures/unmodified/${name}`), { nodeArguments, ...settings });
}

/** The routes of all requests, once so many have been counted. */
function routesOf({ adminPort }: RunningScript, requests: number): Promise<string[]> {
  return waitUntil('the count', async () => {
    const { body } = await fetchText(adminPort, '/metrics');
    const families = [...parseExposition(Buffer.from(body))];
    const family = families.find(({ name }) => name === 'http_requests_total');
    const asked = family!.samples.filter(({ value }) => value > 0);
    const count = asked.reduce((sum, { value }) => sum + value, 0);
    return count === requests && asked.map(({ labels }) => labels['route']!).sort();
  });
}

describe.each(['express.mjs', 'fastify.mjs'])('an unmodified %s', (name) => {
  test(
    'loses no request of 50 clients when it is scaled in',
    { timeout: TRIAL_TIMEOUT_MS },
    async () => {
      await using service = await runUnmodified(name);
      const { lost, servedByOther, ended } = await scaleIn(service, 50);
      expect(lost).toEqual([]);
      expect(servedByOther).toBeGreaterThan(0);
      expect(ended).toBe(0);
      expect(service.output()).toContain(' 0 aborted');
    },
  );

  test('is live, and not ready, while its loop is blocked', async () => {
    const env = { BELLOWS_READINESS_STALL_SECONDS: '0.5' };
    await using service = await runUnmodified(name, { env });
    let hasTurned = false;
    const turn = (): void => void (hasTurned = true);
    // Far longer than this test: nobody waits for its end.
    void fetchText(service.port, '/block/30000').then(turn, turn);
    const isRed = async (): Promise<boolean> =>
      (await fetchText(service.adminPort, '/readyz')).status === 500;
    await waitUntil('readiness that tells of the loop', isRed, { timeoutMs: 20_000 });
    expect((await fetchText(service.adminPort, '/livez')).status).toBe(200);
    expect(hasTurned).toBe(false);
  });
});

test('Express is asked for the patterns of routes and mounts', async () => {
  await using service = await runUnmodified('express.mjs');
  for (const path of ['/shops/1/items/2', '/shops/3/items/4', '/no/such/17']) {
    await fetchText(service.port, path);
  }
  expect(await routesOf(service, 3)).toEqual(['/shops/:shop/items/:id', 'unknown']);
});

test('Fastify is asked for the patterns of its routes', async () => {
  await using service = await runUnmodified('fastify.mjs');
  for (const path of ['/items/1', '/items/2', '/no/such/17']) await fetchText(service.port, path);
  expect(await routesOf(service, 3)).toEqual(['/items/:id', 'unknown']);
});

test('it says once what it took over', async () => {
  await using service = await runUnmodified('express.mjs');
  const told = service.output().match(/register: .*/g);
  expect(told).toEqual([
    `register: took over node:http at port ${service.port}, routes from Express; probes and metrics at port ${service.adminPort}`,
  ]);
});

test('it is ready when the server listens', async () => {
  await using service = await runUnmodified('fastify.mjs');
  await waitUntil('ready', async () => {
    const { status } = await fetchText(service.adminPort, '/readyz');
    return status === 200;
  });
});

test(
  "the application's own handler of SIGTERM runs after the drain and decides the end",
  { timeout: TRIAL_TIMEOUT_MS },
  async () => {
    await using service = await runUnmodified('express-4.cjs');
    const { lost, ended } = await scaleIn(service, 20);
    expect(lost).toEqual([]);
    expect(ended).toBe(7);
    expect(service.output().indexOf('own handler')).toBeGreaterThan(
      service.output().indexOf('drained:'),
    );
  },
);

test('CommonJS that is preloaded by --require is taken over, too', async () => {
  const nodeArguments = [`--require=${fileURLToPath(REGISTER)}`];
  await using service = await runUnmodified('express-4.cjs', { nodeArguments });
  await fetchText(service.port, '/items/1');
  expect(await routesOf(service, 1)).toEqual(['/items/:id']);
});

test('a service with prom-client keeps its own page, and is told how to name its routes', async () => {
  await using service = await runUnmodified('prom-client.cjs');
  const own = await fetchText(service.port, '/metrics');
  expect(own.body).toContain('nodejs_eventloop_lag_seconds');
  expect(service.output()).toContain("kit.setRoute(request, '/items/:id')");
});

test('a worker thread that inherits --import neither serves probes nor disturbs', async () => {
  await using service = await runUnmodified('worker.mjs');
  expect((await fetchText(service.port, '/')).body).toBe('ok');
  expect(service.output().match(/took over/g)).toHaveLength(1);
});

test('worker threads that serve are one service with a main thread that does not', async () => {
  await using service = await runUnmodified('serving-worker.mjs');
  await fetchText(service.port, '/');
  await waitUntil('the count', async () => {
    const { body } = await fetchText(service.adminPort, '/metrics');
    return body.includes('http_requests_total{method="GET",route="unknown",code="200"} 1');
  });
  service.process.kill('SIGTERM');
  expect(await service.ended).toBe(0);
});

test('with NODE_OPTIONS a child process that serves nothing takes no port', async () => {
  const NODE_OPTIONS = `--import=${REGISTER}`;
  await using service = await runUnmodified('child.mjs', {
    nodeArguments: [],
    env: { NODE_OPTIONS },
  });
  expect(service.output().match(/took over/g)).toHaveLength(1);
  expect(service.output()).toContain('child: 0 servers');
});

test('a service that creates a kit itself is left to it', async () => {
  await using service = await runUnmodified('own-kit.mjs');
  expect(service.output()).toContain('the service creates a kit itself');
  expect(service.output()).not.toContain('took over');
});

test('a variable of the environment that is no option is said once, with the name it was meant for', async () => {
  const env = { BELLOWS_DRAIN_DELAY_SECOND: '0', BELLOWS_DRIAN_TOKEN: 's3cret' };
  await using service = await runUnmodified('serving-worker.mjs', { env });
  expect(service.output().match(/the environment variable .*/g)).toEqual([
    'the environment variable BELLOWS_DRAIN_DELAY_SECOND is no option of the kit and changes nothing; did you mean BELLOWS_DRAIN_DELAY_SECONDS?',
    'the environment variable BELLOWS_DRIAN_TOKEN is no option of the kit and changes nothing; did you mean BELLOWS_DRAIN_TOKEN?',
  ]);
  expect(service.output()).not.toContain('s3cret');
});

test('a bad variable of the environment ends the start with its name and range', async () => {
  const run = runUnmodified('express.mjs', { env: { BELLOWS_DRAIN_DELAY_SECONDS: 'soon' } });
  await expect(run).rejects.toThrow(/BELLOWS_DRAIN_DELAY_SECONDS.*a number from 0 to 3600/);
});
