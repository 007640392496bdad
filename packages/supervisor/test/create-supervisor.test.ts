import { writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { PodStatus } from '@bellows/kubelet';
import type { Container, ManifestObject } from '@bellows/manifest';
import { isAlive, temporaryDirectory, waitUntil, type TemporaryDirectory } from '@bellows/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSupervisor } from '../src/create-supervisor.ts';
import type { Supervisor } from '../src/supervisor.ts';
import { autoscaler, deployment, service } from './fixtures/objects.ts';

const SERVICE = fileURLToPath(new URL('fixtures/service.mjs', import.meta.url));
const PORT = 28_080;

let folder: TemporaryDirectory;
let supervisor: Supervisor;
let pids: Set<number>;

beforeEach(async () => {
  folder = await temporaryDirectory();
  pids = new Set();
  await setQueue(0);
});
afterEach(async () => {
  await supervisor.stop(0);
  expect([...pids].filter(isAlive)).toEqual([]);
  await folder[Symbol.asyncDispose]();
});

const queueFile = (): string => join(folder.path, 'queue');
const setQueue = (length: number): Promise<void> => writeFile(queueFile(), String(length));

function container(): Partial<Container> {
  return {
    command: [process.execPath, SERVICE],
    env: [{ name: 'QUEUE_FILE', value: queueFile() }],
    ports: [{ name: 'metrics', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: {
      httpGet: { path: '/', port: 8080, scheme: 'HTTP', httpHeaders: [] },
      initialDelaySeconds: 0,
      timeoutSeconds: 1,
      periodSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    },
  };
}

async function start(replicas: number, ...more: ManifestObject[]): Promise<void> {
  const shop = deployment({ replicas, container: container() });
  const ports = [{ name: '', port: PORT, targetPort: 'metrics', protocol: 'TCP' as const }];
  supervisor = createSupervisor(
    {
      objects: [shop, service({ ports }), ...more],
      workingDirectory: folder.path,
      stateDirectory: join(folder.path, '.bellows'),
      syncPeriodSeconds: 0.2,
      endpointDelayMs: 50,
    },
    { podChanged: notePids },
  );
  await supervisor.start();
}

function notePids(pod: PodStatus): void {
  for (const { state } of pod.containerStatuses) if (state.kind === 'running') pids.add(state.pid);
}

const readyReplicas = (): number => supervisor.snapshot().deployments[0]!.readyReplicas;
const untilReady = (count: number): Promise<unknown> =>
  waitUntil(`${count} ready`, () => readyReplicas() === count, { timeoutMs: 20_000 });

/** Asks the Service on a connection of its own. */
function ask(path: string): Promise<string> {
  const { host, localPort } = supervisor.snapshot().services[0]!.ports[0]!;
  return new Promise((resolve, reject) => {
    get(`http://${host}:${localPort}${path}`, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve(text);
      });
    }).on('error', reject);
  });
}

test('a Service leads to its pods, which carry its variables', async () => {
  await start(2);
  await untilReady(2);
  await waitUntil('an answer', () => ask('/').catch(() => undefined));
  const environment = JSON.parse(await ask('/environment')) as Record<string, string>;
  expect(environment).toMatchObject({
    SHOP_SERVICE_HOST: '127.0.0.1',
    SHOP_SERVICE_PORT: String(supervisor.snapshot().services[0]!.ports[0]!.localPort),
  });
  const seen = new Set<string>();
  await waitUntil('both pods to answer', async () => seen.add(await ask('/')).size === 2);
});

test('the queue scales the pods out and in', async () => {
  const hpa = autoscaler({
    maxReplicas: 3,
    behavior: { scaleDown: { stabilizationWindowSeconds: 0 } },
  });
  await start(1, hpa);
  await untilReady(1);
  await setQueue(30);
  await untilReady(3);
  const [up] = supervisor.scaleEvents();
  expect(up).toMatchObject({ from: 1, to: 3, reason: 'pods metric queue_length above target' });
  expect(up!.readyAtMs).toBeGreaterThanOrEqual(up!.decidedAtMs);
  await waitUntil('an answer of a new pod', async () => {
    await ask('/');
    return supervisor.scaleEvents()[0]!.firstServedAtMs !== undefined;
  });
  await setQueue(1);
  await waitUntil('one pod', () => supervisor.snapshot().deployments[0]!.pods.length === 1, {
    timeoutMs: 20_000,
  });
});

test('a crashed container is restarted in its pod', async () => {
  await start(1);
  await untilReady(1);
  const [before] = supervisor.snapshot().deployments[0]!.pods;
  await waitUntil('an answer', () => ask('/').catch(() => undefined));
  await ask('/crash').catch(() => undefined);
  const restarted = await waitUntil(
    'a restart',
    () => {
      const [pod] = supervisor.snapshot().deployments[0]!.pods;
      return pod!.containerStatuses[0]!.restartCount === 1 && readyReplicas() === 1 && pod;
    },
    { timeoutMs: 25_000 },
  );
  expect(restarted.metadata.uid).toBe(before!.metadata.uid);
});

test('stop ends every process', async () => {
  await start(2);
  await untilReady(2);
  expect(pids.size).toBeGreaterThanOrEqual(2);
  await supervisor.stop();
  expect([...pids].filter(isAlive)).toEqual([]);
  expect(supervisor.snapshot().deployments[0]!.pods).toEqual([]);
});
