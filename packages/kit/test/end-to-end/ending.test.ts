import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { machineHas, waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runService } from '../fixtures/run-service.ts';

const QUICK = { drainDelaySeconds: 0.1, drainQuietSeconds: 0.05, inFlightTimeoutSeconds: 60 };
/** Over 3.6 s after the signal: the drain, and the margin of 2 s. */
const SHORT = {
  drainDelaySeconds: 1.5,
  drainDelayMaxSeconds: 1.5,
  inFlightTimeoutSeconds: 0.1,
  abortGraceSeconds: 0,
};
const FIRST_IN_NAMESPACE = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
const TEST_TIMEOUT_MS = 60_000;

describe('a process that was told to end and whose loop is stuck', () => {
  test(
    'is killed when its time is up',
    async () => {
      await using service = await runService({ kitOptions: SHORT, blocksAtDrain: true });
      service.process.kill('SIGTERM');
      expect(await service.ended).toBe('SIGKILL');
      expect(service.output()).toContain('the event loop is stuck: SIGKILL');
    },
    TEST_TIMEOUT_MS,
  );

  test(
    'is killed when its time is up, also when the loop was stuck before `/drain` was called',
    async () => {
      await using service = await runService({ kitOptions: SHORT });
      await fetchText(service.ports[0]!, '/block');
      await waitUntil('the stall', async () => {
        const { body } = await fetchText(service.adminPort, '/metrics');
        return Number(/^bellows_heartbeat_age_seconds (.+)$/m.exec(body)![1]) > 0.5;
      });
      const headers = { 'bellows-drain': '1' };
      const granted = await fetchText(service.adminPort, '/drain', { method: 'POST', headers });
      expect(granted.status).toBe(200);
      expect(await service.ended).toBe('SIGKILL');
      expect(service.output()).toContain('the event loop is stuck: SIGKILL');
      expect(service.output()).not.toContain('/drain: draining');
    },
    TEST_TIMEOUT_MS,
  );

  test.runIf(machineHas('pid-namespaces'))(
    'says so and is not live when it is PID 1, which no signal of its own can end',
    async () => {
      const settings = { kitOptions: SHORT, blocksAtDrain: true };
      await using service = await runService(settings, {}, [], FIRST_IN_NAMESPACE);
      const unshare = service.process.pid!;
      const children = readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8');
      process.kill(Number(children), 'SIGTERM');
      const hasSaid = (): boolean => service.output().includes('as PID 1');
      await waitUntil('what it says', hasSaid, { timeoutMs: 40_000 });
      expect((await fetchText(service.adminPort, '/livez/ending')).status).toBe(500);
      service.unblock();
      expect(await service.ended).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );
});

test.runIf(machineHas('pid-namespaces'))(
  'PID 1 drains at SIGTERM and ends by itself',
  async () => {
    await using service = await runService({ kitOptions: QUICK }, {}, [], FIRST_IN_NAMESPACE);
    const unshare = service.process.pid!;
    const child = Number(readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8'));
    const held = fetchText(service.ports[0]!, '/?held');
    await waitUntil('the request', async () => {
      const { body } = await fetchText(service.adminPort, '/metrics');
      return body.includes('http_requests_in_flight 1\n');
    });
    process.kill(child, 'SIGTERM');
    await waitUntil('the drain', () => service.output().includes('draining'));
    process.kill(child, 'SIGUSR2');
    expect((await held).status).toBe(200);
    expect(await service.ended).toBe(0);
  },
  TEST_TIMEOUT_MS,
);

describe('an uncaught error', () => {
  test.each([
    ['/throw', 'uncaughtException'],
    ['/reject', 'unhandledRejection'],
  ])(
    'lets others end what they have under way, runs the closers and ends the process with 1: %s',
    async (path, what) => {
      const kitOptions = { ...QUICK, uncaughtErrors: 'drain' };
      await using service = await runService({ kitOptions, lingers: true });
      const held = fetchText(service.ports[0]!, '/?held');
      await waitUntil('the request', async () => {
        const { body } = await fetchText(service.adminPort, '/metrics');
        return body.includes('http_requests_in_flight 1\n');
      });
      await fetchText(service.ports[0]!, path);
      await waitUntil('the drain', () => service.output().includes('draining'));
      expect((await fetchText(service.adminPort, '/readyz')).status).toBe(500);
      service.release();
      expect((await held).status).toBe(200);
      expect(await service.ended).toBe(1);
      expect(service.output()).toContain(`${what}: Error: on purpose`);
      expect(service.output()).toContain('{"closed":true}');
    },
  );

  test('ends the process at once where the kit leaves it to Node', async () => {
    await using service = await runService({ kitOptions: QUICK });
    await fetchText(service.ports[0]!, '/throw');
    expect(await service.ended).toBe(1);
    expect(service.output()).not.toContain('draining');
  });
});

describe('bellows-drain', () => {
  const program = fileURLToPath(new URL('../../dist/bin/bellows-drain.js', import.meta.url));
  const run = (environment: Record<string, string>): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [program], { env: environment, encoding: 'utf8' });

  test('starts the drain from inside, with the token where there is one', async () => {
    const kitOptions = { drainDelaySeconds: 600, drainToken: 's3cret' };
    await using service = await runService({ kitOptions });
    const port = String(service.adminPort);
    expect(run({ BELLOWS_ADMIN_PORT: port })).toMatchObject({
      status: 1,
      stderr: `bellows-drain: the admin port ${port} did not start the drain: it answered 403\n`,
    });
    expect(service.output()).not.toContain('draining');
    expect(run({ BELLOWS_ADMIN_PORT: port, BELLOWS_DRAIN_TOKEN: 's3cret' }).status).toBe(0);
    await waitUntil('the drain', () => service.output().includes('/drain: draining'));
    // preStop is over, SIGTERM comes: it joins the drain; another one cuts it short.
    service.process.kill('SIGTERM');
    await waitUntil('readiness red', async () => {
      return (await fetchText(service.adminPort, '/readyz')).status === 500;
    });
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  test('takes an empty variable for none, as the kit does', () => {
    // An address that nobody listens on.
    const { stderr } = run({ BELLOWS_ADMIN_HOST: '127.0.0.77', BELLOWS_ADMIN_PORT: '' });
    expect(stderr).toContain('the admin port 9400 did not start the drain: connect ECONNREFUSED');
  });

  test('says what is wrong when nobody listens', () => {
    const { status, stderr } = run({ BELLOWS_ADMIN_PORT: '1' });
    expect(status).toBe(1);
    expect(stderr).toContain('ECONNREFUSED');
  });
});

describe('at start', () => {
  test('a grace period that is too short for the drain is said', async () => {
    await using service = await runService({
      kitOptions: { ...QUICK, terminationGracePeriodSeconds: 10 },
    });
    expect(service.output()).toContain('but terminationGracePeriodSeconds is 10');
  });

  test('npm between the kubelet and the process is said, in a pod', async () => {
    const environment = { npm_lifecycle_event: 'start', KUBERNETES_SERVICE_HOST: '10.0.0.1' };
    await using service = await runService({ kitOptions: QUICK }, environment);
    expect(service.output()).toContain('npm run start stands between SIGTERM and this process');
  });
});
