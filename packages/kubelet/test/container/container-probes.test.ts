import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Container } from '@bellows/manifest';
import { afterEach, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import {
  createContainerProbes,
  READINESS_SYNC_MS,
  runProbe,
} from '../../src/container/container-probes.ts';
import type { ProbeType } from '../../src/probe/probe-state.ts';
import { httpProbe, nodeContainer } from '../support/pods.ts';

const never = new AbortController().signal;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function serve(handle: RequestListener, container: Partial<Container> = {}) {
  const server = createServer(handle).listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ports = [{ name: 'http', containerPort: port, protocol: 'TCP' as const }];
  return {
    container: nodeContainer([''], { ...container, ports }),
    address: '127.0.0.1',
    portMap: {},
    exec: () => ({ environment: new Map<string, string>(), workingDirectory: '/' }),
  };
}

test('a probe that could not be run is tried three times', async () => {
  let requests = 0;
  const target = await serve((_, response) => {
    requests += 1;
    response.writeHead(200, { 'content-length': '10' });
    response.write('12345', () => response.destroy());
  });
  expect(await runProbe(httpProbe(), target, never)).toMatchObject({ outcome: 'error' });
  expect(requests).toBe(3);
});

test('a probe that is called off is not tried again', async () => {
  const caller = new AbortController();
  let requests = 0;
  const target = await serve(() => {
    requests += 1;
    caller.abort();
  });
  expect(await runProbe(httpProbe(), target, caller.signal)).toMatchObject({ outcome: 'error' });
  expect(requests).toBe(1);
});

test('a failure is told at once', async () => {
  let requests = 0;
  const target = await serve((_, response) => {
    requests += 1;
    response.writeHead(500).end();
  });
  expect(await runProbe(httpProbe(), target, never)).toMatchObject({ outcome: 'failure' });
  expect(requests).toBe(1);
});

test('a probe without an action, or with a port that does not exist, is an error', async () => {
  const target = await serve((_, response) => response.end());
  const { httpGet, ...without } = httpProbe();
  expect(httpGet).toBeDefined();
  expect(await runProbe(without, target, never)).toMatchObject({ outcome: 'error' });
  expect(await runProbe({ ...without, tcpSocket: { port: 'nope' } }, target, never)).toEqual({
    outcome: 'error',
    message: 'port nope not found',
  });
});

function createBench(target: Awaited<ReturnType<typeof serve>>) {
  const told: ProbeType[] = [];
  const startedAtMs = Date.now();
  const probes = createContainerProbes({
    target,
    look: () => ({ startedAtMs, deleting: false }),
    explain: (report) => report,
    report: (type) => told.push(type),
  });
  cleanups.push(() => probes.stop());
  probes.resume();
  return { probes, told, startedAtMs };
}

test('readiness is asked for at once when the startup probe succeeds', async () => {
  const startedAtMs = Date.now();
  const lastSyncMs = READINESS_SYNC_MS.at(-1) ?? 0;
  const target = await serve(
    (_, response) =>
      response.writeHead(Date.now() < startedAtMs + lastSyncMs + 200 ? 503 : 200).end(),
    {
      startupProbe: httpProbe({ periodSeconds: 0.1, failureThreshold: 100 }),
      readinessProbe: httpProbe({ periodSeconds: 60 }),
    },
  );
  const { probes, told } = createBench(target);
  await waitUntil('started', () => probes.started());
  await waitUntil('ready', () => probes.ready(), { timeoutMs: 1000 });
  expect(told.indexOf('readiness')).toBe(told.lastIndexOf('startup') + 1);
});

test('a container that is not ready is asked soon after its start, whatever the period', async () => {
  const target = await serve((_, response) => response.end(), {
    readinessProbe: httpProbe({ periodSeconds: 60 }),
  });
  const { probes } = createBench(target);
  await waitUntil('ready', () => probes.ready(), { timeoutMs: 1500 });
});

test('without probes a container is started and ready', async () => {
  const { probes } = createBench(await serve((_, response) => response.end()));
  expect([probes.started(), probes.ready()]).toEqual([true, true]);
});
