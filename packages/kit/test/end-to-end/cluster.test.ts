import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseExposition } from '@bellows/exposition';
import { waitUntil } from '@bellows/testkit';
import { memberFolderOf } from '../../src/cluster/member-folder.ts';
import { fetchText } from '../fixtures/fetch-text.ts';
import { runScript, type RunningScript } from '../fixtures/run-script.ts';
import { scaleIn } from '../fixtures/scale-in.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SERVICE = pathOf('../fixtures/cluster/service.mjs');
const TRIAL_TIMEOUT_MS = 120_000;
const PATIENT = { timeoutMs: 60_000 };

async function valueOf({ adminPort }: RunningScript, line: string): Promise<number | undefined> {
  const { body } = await fetchText(adminPort, '/metrics');
  const samples = [...parseExposition(Buffer.from(body))].flatMap((family) => family.samples);
  return samples.find(({ name, labels }) => line === `${name}${Object.values(labels).join(',')}`)
    ?.value;
}

async function untilReady(service: RunningScript, children = 2): Promise<void> {
  const look = async (): Promise<boolean> =>
    (await valueOf(service, 'bellows_childrenready')) === children;
  await waitUntil('children that are ready', look, PATIENT);
}

describe('a cluster', { timeout: TRIAL_TIMEOUT_MS }, () => {
  test('answers at one admin port, with the sums of its children', async () => {
    await using service = await runScript(SERVICE);
    await untilReady(service);
    const pids = new Set<string>();
    for (let count = 0; count < 20; count += 1) {
      const init = { headers: { connection: 'close' } };
      pids.add((await fetchText(service.port, '/', init)).body);
    }
    expect(pids.size).toBe(2);
    await waitUntil('the sum', async () => (await valueOf(service, 'own_total')) === 20);
    expect((await fetchText(service.adminPort, '/readyz?verbose')).body).toContain(
      '[+]children ok',
    );
    expect(service.output()).not.toContain('in use');
  });

  test('loses no request when its primary is told to end', async () => {
    await using service = await runScript(SERVICE);
    await untilReady(service);
    const { lost, servedByOther, ended } = await scaleIn(service, 30);
    expect(lost).toEqual([]);
    expect(servedByOther).toBeGreaterThan(0);
    expect(ended).toBe(0);
    expect(existsSync(memberFolderOf(service.process.pid!))).toBe(false);
  });

  test('stays live with one child that is stuck, and replaces it; what it counted stays counted', async () => {
    await using service = await runScript(SERVICE, {
      env: { BELLOWS_LIVENESS_STALL_SECONDS: '1' },
    });
    await untilReady(service);
    const first = (await fetchText(service.port, '/')).body;
    await waitUntil('the count', async () => (await valueOf(service, 'own_total')) === 1);
    await Promise.allSettled([fetchText(service.port, '/block')]);
    await waitUntil(
      'the end of it',
      () => service.output().includes('is ended and replaced'),
      PATIENT,
    );
    expect((await fetchText(service.adminPort, '/livez')).status).toBe(200);
    await untilReady(service);
    expect(await valueOf(service, 'own_total')).toBe(1);
    expect(first).toMatch(/^\d+$/);
  });

  test('without admin threads is one service, too, and replaces a child whose probes are stuck with it', async () => {
    const env = { BELLOWS_ADMIN_WORKER: 'false', BELLOWS_LIVENESS_STALL_SECONDS: '2' };
    await using service = await runScript(SERVICE, { env });
    await untilReady(service);
    await fetchText(service.port, '/');
    await waitUntil('the count', async () => (await valueOf(service, 'own_total')) === 1);
    await Promise.allSettled([fetchText(service.port, '/block')]);
    await waitUntil(
      'the end of it',
      () => service.output().includes('is ended and replaced'),
      PATIENT,
    );
    await untilReady(service);
    expect(await valueOf(service, 'own_total')).toBe(1);
    service.process.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  test('says a variable that is misspelt once, whatever the number of its processes', async () => {
    const env = { BELLOWS_DRIAN_DELAY_SECONDS: '1', CHILDREN: '3' };
    await using service = await runScript(SERVICE, { env });
    await untilReady(service, 3);
    expect(service.output().match(/BELLOWS_DRIAN_DELAY_SECONDS is no option/g)).toHaveLength(1);
  });

  test('is not live when all children are stuck', async () => {
    const env = { BELLOWS_LIVENESS_STALL_SECONDS: '1', CHILDREN: '1' };
    await using service = await runScript(SERVICE, { env });
    await untilReady(service, 1);
    const blocked = Promise.allSettled([fetchText(service.port, '/block')]);
    const red = async (): Promise<boolean> =>
      (await fetchText(service.adminPort, '/livez')).status === 500;
    await waitUntil('a red liveness', red, PATIENT);
    await blocked;
  });

  test('under register needs no kit in its code', async () => {
    const register = pathToFileURL(pathOf('../../dist/register.js')).href;
    const script = pathOf('../fixtures/unmodified/cluster.mjs');
    await using service = await runScript(script, { nodeArguments: [`--import=${register}`] });
    await untilReady(service);
    await waitUntil('what both say', () => told(service, 'are with the primary') === 2, PATIENT);
    expect(told(service, 'at port 0')).toBe(0);
    expect(told(service, 'name it: kit.setRoute')).toBe(1);
    const { lost, ended } = await scaleIn(service, 20);
    expect(lost).toEqual([]);
    expect(ended).toBe(0);
  });
});

/** How often it has said something. */
function told(service: RunningScript, text: string): number {
  return service.output().split(text).length - 1;
}
