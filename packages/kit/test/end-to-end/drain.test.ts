import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { startClients, type ClientAccount } from '../fixtures/keep-alive-clients.ts';
import { runService, type ServiceSettings } from '../fixtures/run-service.ts';

/** What a scale-in looked like from outside. */
interface ScaleIn {
  readonly lost: readonly string[];
  readonly servedByOther: number;
  readonly ended: number | string;
  readonly output: string;
}

/** The listener closes only when the clients have gone over to the other service, however slow the machine is. */
const KIT_OPTIONS = {
  drainDelaySeconds: 0.3,
  drainQuietSeconds: 1.5,
  drainDelayMaxSeconds: 60,
  inFlightTimeoutSeconds: 60,
};
const TEST_TIMEOUT_MS = 120_000;
const PATIENT = { timeoutMs: 60_000 };

/**
 * Scales service A in under load. As with kube-proxy, new connections go to A until some time after SIGTERM and to
 * B from then on, while established ones stay where they are.
 *
 * @param stillMs - Least time that new connections still go to A once it drains: endpoints are slower than signals.
 */
async function scaleIn(clients: number, settings: ServiceSettings, stillMs = 0): Promise<ScaleIn> {
  await using service = await runService(settings);
  const other = await startOther(settings);
  const port = { now: service.ports[0]! };
  const tls = settings.tls === true;
  const load = startClients({ count: clients, tls, port: () => port.now, maxThinkMs: 40 });
  const { account } = load;
  const moreAnswers = async (perClient: number): Promise<void> => {
    const enough = account.answered + account.lost.length + clients * perClient;
    const count = (): number => account.answered + account.lost.length;
    await waitUntil('more answers', () => count() >= enough, PATIENT);
  };
  await moreAnswers(10);
  service.process.kill('SIGTERM');
  if (settings.native === undefined) {
    await waitUntil('the drain', () => service.output().includes('draining'), PATIENT);
  }
  await pause(stillMs);
  await moreAnswers(2);
  port.now = other.port;
  const ended =
    settings.native === undefined ? await service.ended : await lossOf(account, service.ended);
  await moreAnswers(1);
  await load.stop();
  const { lost } = account;
  await other.stop();
  return { lost, servedByOther: other.served(), ended, output: service.output() };
}

/** Time that passes is what is tested here. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves at the first loss, or the service's end. */
async function lossOf(
  { lost }: ClientAccount,
  ended: Promise<number | string>,
): Promise<number | string> {
  const loss = waitUntil('a loss', () => lost.length > 0, PATIENT).then(() => 'still running');
  return Promise.race([loss, ended]);
}

async function startOther(settings: ServiceSettings): Promise<{
  port: number;
  served: () => number;
  stop: () => Promise<void>;
}> {
  if (settings.tls === true) {
    const service = await runService({ tls: true, native: { closeAfterMs: 0 } });
    const stop = async (): Promise<void> => {
      await service[Symbol.asyncDispose]();
    };
    return { port: service.ports[0]!, served: () => 1, stop };
  }
  let served = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    served += 1;
    response.end('other');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, served: () => served, stop };
}

describe('a scale-in under load', { timeout: TEST_TIMEOUT_MS }, () => {
  test.each([1, 40, 100])('loses no request of %i keep-alive clients', async (clients) => {
    const result = await scaleIn(clients, { kitOptions: KIT_OPTIONS });
    expect(result.lost).toEqual([]);
    expect(result.servedByOther).toBeGreaterThan(0);
    expect(result.ended).toBe(0);
    expect(result.output).toContain('0 aborted');
  });

  test('loses no request when endpoints are slower than the delay: what still comes keeps it listening', async () => {
    const kitOptions = { ...KIT_OPTIONS, drainDelaySeconds: 0.1 };
    const result = await scaleIn(40, { kitOptions }, 900);
    expect(result.lost).toEqual([]);
    expect(result.servedByOther).toBeGreaterThan(0);
    expect(result.ended).toBe(0);
  });

  test('loses no request over TLS', async () => {
    const result = await scaleIn(40, { tls: true, kitOptions: KIT_OPTIONS });
    expect(result.lost).toEqual([]);
    expect(result.ended).toBe(0);
    expect(result.output).toContain('0 aborted');
  });

  test('loses no request of a service that has more to do than it can', async () => {
    const result = await scaleIn(100, { cpuMs: 1, kitOptions: KIT_OPTIONS });
    expect(result.lost).toEqual([]);
    expect(result.ended).toBe(0);
    expect(result.output).toContain('0 aborted');
  });

  test('loses requests when such a service only closes after the same delay: the trial can fail', async () => {
    const result = await scaleIn(100, { cpuMs: 1, native: { closeAfterMs: 800 } });
    expect(result.lost.length).toBeGreaterThan(0);
  });
});
