import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseExposition } from '@bellows/exposition';
import { waitUntil } from '@bellows/testkit';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runScript, type RunningScript } from '../fixtures/run-script.ts';
import { scaleIn } from '../fixtures/scale-in.ts';

const SERVICE = fileURLToPath(new URL('../fixtures/worker-threads/service.mjs', import.meta.url));
const TRIAL_TIMEOUT_MS = 120_000;
const PATIENT = { timeoutMs: 60_000 };

async function valueOf({ adminPort }: RunningScript, wanted: string): Promise<number | undefined> {
  const { body } = await fetchText(adminPort, '/metrics');
  const samples = [...parseExposition(Buffer.from(body))].flatMap((family) => family.samples);
  return samples.find(({ name }) => name === wanted)?.value;
}

function otherPortOf(service: RunningScript): number {
  return Number(/"other":(\d+)/.exec(service.output())![1]);
}

describe('worker threads with a kit', { timeout: TRIAL_TIMEOUT_MS }, () => {
  test('are summed at the one admin port of the process', async () => {
    await using service = await runScript(SERVICE);
    for (const port of [service.port, otherPortOf(service), service.port]) {
      expect((await fetchText(port, '/')).body).toBe('ok');
    }
    await waitUntil('the sum', async () => (await valueOf(service, 'own_total')) === 3);
    expect(service.output()).not.toContain('in use');
  });

  test('are seen while their own loop and the main one are blocked', async () => {
    await using service = await runScript(SERVICE);
    const before = (await valueOf(service, 'nodejs_eventloop_active_seconds_total'))!;
    let isBlocked = true;
    const blocking = fetchText(service.port, '/block').then(() => (isBlocked = false));
    let seen = 0;
    await waitUntil('the count', async () => {
      seen = (await valueOf(service, 'own_total')) ?? 0;
      return seen === 1;
    });
    expect(isBlocked).toBe(true);
    await blocking;
    const after = (await valueOf(service, 'nodejs_eventloop_active_seconds_total'))!;
    expect(after - before).toBeGreaterThan(0.9);
  });

  test('make a process live as long as one of them turns', async () => {
    const env = { BELLOWS_LIVENESS_STALL_SECONDS: '1', BELLOWS_READINESS_STALL_SECONDS: '1' };
    await using service = await runScript(SERVICE, { env });
    const statusOf = async (path: string): Promise<number> =>
      (await fetchText(service.adminPort, path)).status;
    const hangs = [service.port, otherPortOf(service)].map((port, index) => async () => {
      const asked = fetchText(port, '/hang').catch(() => undefined);
      const line = `bellows_threads{condition="stuck"} ${index + 1}\n`;
      await waitUntil(
        line,
        async () => (await fetchText(service.adminPort, '/metrics')).body.includes(line),
        PATIENT,
      );
      return { asked };
    });
    expect(await statusOf('/livez/threads')).toBe(200);
    await hangs[0]!();
    expect(await statusOf('/livez')).toBe(200);
    expect(await statusOf('/readyz')).toBe(200);
    await hangs[1]!();
    expect(await statusOf('/livez')).toBe(500);
    expect(await statusOf('/readyz')).toBe(500);
    // Whoever made it ends one that is stuck: it is gone, and no reason to end the process.
    service.process.kill('SIGUSR2');
    await waitUntil('a green liveness', async () => (await statusOf('/livez')) === 200, PATIENT);
  });

  test('lose no request when the process is told to end', async () => {
    await using service = await runScript(SERVICE);
    const { lost, servedByOther, ended } = await scaleIn(service, 20);
    expect(lost).toEqual([]);
    expect(servedByOther).toBeGreaterThan(0);
    expect(ended).toBe(0);
  });
});
