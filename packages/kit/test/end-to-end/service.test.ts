import { describe, expect, test } from 'vitest';
import { isAlive, waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { metricOf } from '../fixtures/metric-of.ts';
import { runService, type RunningService } from '../fixtures/run-service.ts';

const QUICK = { drainDelaySeconds: 0.1, drainQuietSeconds: 0.05, inFlightTimeoutSeconds: 60 };
/** A drain that goes on until a second signal. */
const ENDLESS = { drainDelaySeconds: 600 };

/** Stops the service's loop; resolves when it has stood still for so long. */
async function block(service: RunningService, standsStillSeconds: number): Promise<void> {
  await fetchText(service.ports[0]!, '/block');
  await waitUntil(
    'a stall',
    async () => (await metricOf(service, 'bellows_heartbeat_age_seconds'))! > standsStillSeconds,
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
    const active = (await metricOf(service, 'nodejs_eventloop_active_seconds_total'))!;
    const idle = (await metricOf(service, 'nodejs_eventloop_idle_seconds_total'))!;
    await waitUntil(
      'more active time',
      async () => (await metricOf(service, 'nodejs_eventloop_active_seconds_total'))! > active,
    );
    expect(await metricOf(service, 'nodejs_eventloop_idle_seconds_total')).toBe(idle);
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
      async () => (await metricOf(service, 'bellows_phase', { phase: 'draining' })) === 1,
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
      async () => (await metricOf(service, 'http_requests_in_flight')) === 2,
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
    await waitUntil('waiting orders', async () => (await metricOf(service, 'queue_length')) === 2);
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
      async () => (await metricOf(service, 'http_requests_in_flight')) === 1,
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
      async () => (await metricOf(service, 'http_requests_in_flight')) === 1,
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
      async () => (await metricOf(service, 'http_requests_in_flight')) === 1,
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
      async () => (await metricOf(service, 'http_requests_in_flight')) === 1,
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
