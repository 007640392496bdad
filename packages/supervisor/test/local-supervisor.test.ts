import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, observed, type DecisionRecord, type ObjectEvent } from '@bellows/core';
import type { ManifestObject } from '@bellows/manifest';
import { temporaryDirectory, waitUntil, type TemporaryDirectory } from '@bellows/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LocalSupervisor } from '../src/local-supervisor.ts';
import type { DeploymentView, SupervisorOptions } from '../src/supervisor.ts';
import { FakeBalancer } from './fixtures/fake-balancer.ts';
import { FakeKubelet } from './fixtures/fake-kubelet.ts';
import { FakeScraper } from './fixtures/fake-scraper.ts';
import { autoscaler, deployment, service } from './fixtures/objects.ts';

let folder: TemporaryDirectory;
let kubelet: FakeKubelet;
let balancer: FakeBalancer;
let scraper: FakeScraper;
let onDecision: () => void;
let decisions: DecisionRecord[];
let events: { about: string; event: ObjectEvent }[];
let supervisor: LocalSupervisor;

beforeEach(async () => {
  folder = await temporaryDirectory();
  scraper = new FakeScraper();
  decisions = [];
  onDecision = () => undefined;
  events = [];
});
afterEach(async () => {
  kubelet.finishesAtOnce = true;
  await supervisor.stop(0);
  await folder[Symbol.asyncDispose]();
});

const metricsPort = {
  ports: [
    { name: 'http', containerPort: 8080, protocol: 'TCP' as const },
    { name: 'metrics', containerPort: 9090, protocol: 'TCP' as const },
  ],
};
const quick = {
  behavior: {
    scaleUp: { policies: [{ type: 'Pods' as const, value: 10, periodSeconds: 1 }] },
    scaleDown: { stabilizationWindowSeconds: 0 },
  },
};

const timerCount = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

function create(
  objects: readonly ManifestObject[],
  options: Partial<SupervisorOptions> = {},
  balancerPorts: ReadonlySet<number> = new Set(),
): LocalSupervisor {
  supervisor = new LocalSupervisor(
    {
      objects,
      workingDirectory: folder.path,
      stateDirectory: join(folder.path, '.bellows'),
      syncPeriodSeconds: 0.02,
      ...options,
    },
    {
      decision: (record) => {
        decisions.push(record);
        onDecision();
      },
      event: (about, event) => events.push({ about, event }),
    },
    {
      createKubelet: (kubeletOptions, listener) =>
        (kubelet = new FakeKubelet(kubeletOptions, listener)),
      createBalancer: (balancerOptions) =>
        (balancer = new FakeBalancer(balancerOptions, balancerPorts)),
      createScraper: () => scraper,
      random: createRandom(1),
    },
  );
  return supervisor;
}

const readyAll = (): void => {
  for (const { metadata, phase } of kubelet.pods())
    if (phase === 'Pending') kubelet.makeReady(metadata.uid);
};
const deploymentNow = (): DeploymentView => supervisor.snapshot().deployments[0]!;

describe('start', () => {
  test('runs the Deployment’s pods behind the Service, which they find by its variables', async () => {
    await create([deployment({ replicas: 2 }), service()]).start();
    expect(kubelet.options.environment).toMatchObject({ SHOP_SERVICE_PORT: '8080' });
    expect(deploymentNow()).toMatchObject({ name: 'shop', desiredReplicas: 2, readyReplicas: 0 });
    readyAll();
    await waitUntil('both endpoints', () => balancer.readyPods().length === 2);
    expect(deploymentNow().readyReplicas).toBe(2);
    expect(supervisor.snapshot().services).toMatchObject([
      { name: 'shop', ports: [{ port: 80, host: '127.0.0.1', localPort: 8080 }] },
    ]);
  });

  test('gives the command after -- to the Deployment', async () => {
    await create([deployment()], { command: ['node', 'other.js'] }).start();
    expect(kubelet.accepted[0]!.spec.containers[0]).toMatchObject({
      command: ['node', 'other.js'],
      args: [],
    });
    expect(kubelet.accepted[0]!.workingDirectory).toBe(folder.path);
  });

  test('refuses a second supervisor in the same folder', async () => {
    const first = create([deployment()]);
    await first.start();
    const firstKubelet = kubelet;
    const second = create([deployment()]);
    await expect(second.start()).rejects.toMatchObject({ code: 'ERR_SUPERVISOR_ALREADY_RUNNING' });
    expect(firstKubelet.isStopped).toBe(false);
    await first.stop();
  });

  test('that fails leaves nothing behind', async () => {
    const objects = [deployment(), service()];
    await expect(create(objects, {}, new Set([8080, 0])).start()).rejects.toMatchObject({
      code: 'ERR_BALANCER_LISTEN',
    });
    expect(balancer.isStopped).toBe(true);
    expect(existsSync(join(folder.path, '.bellows', 'supervisor.json'))).toBe(false);
    await create(objects).start();
  });

  test.each([0, -1, NaN, 86_401])('with a sync period of %d is refused', async (seconds) => {
    expect(() => create([deployment()], { syncPeriodSeconds: seconds })).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_ARGUMENT' }),
    );
    await create([deployment()]).start();
  });

  test('is refused after stop', async () => {
    await create([deployment()]).stop();
    await expect(supervisor.start()).rejects.toMatchObject({ code: 'ERR_CORE_ARGUMENT' });
  });

  test('warns of a Service that selects nothing', async () => {
    await create([deployment(), service({ selector: { app: 'other' } })]).start();
    expect(events).toMatchObject([{ about: 'service/shop', event: { reason: 'NoEndpoints' } }]);
  });
});

describe('an HPA', () => {
  test('scales out and in by its metric, and each step is told', async () => {
    await create([
      deployment({ container: metricsPort }),
      service(),
      autoscaler({ ...quick, maxReplicas: 3 }),
    ]).start();
    readyAll();
    scraper.values.set('queue_length', 30);
    await waitUntil('three pods', () => kubelet.pods().length === 3);
    readyAll();
    const names = kubelet.pods().map(({ metadata }) => metadata.name);
    balancer.serveFrom(names[1]!, 123);
    expect(supervisor.scaleEvents()).toMatchObject([
      {
        deployment: 'shop',
        from: 1,
        to: 3,
        readyAtMs: expect.any(Number) as number,
        firstServedAtMs: 123,
      },
    ]);
    scraper.values.set('queue_length', 1);
    await waitUntil('one pod', () => kubelet.pods().length === 1);
    expect(supervisor.scaleEvents()).toHaveLength(2);
    expect(supervisor.scaleEvents()[1]).toMatchObject({
      from: 3,
      to: 1,
      reason: 'All metrics below target',
    });
    expect(decisions[0]).toMatchObject({ source: 'local', autoscaler: { name: 'shop' } });
    expect(supervisor.snapshot().autoscalers).toMatchObject([
      { name: 'shop', target: 'Deployment/shop', minReplicas: 1, maxReplicas: 3 },
    ]);
    expect(events).toContainEqual({
      about: 'hpa/shop',
      event: {
        type: 'Normal',
        reason: 'SuccessfulRescale',
        message: 'New size: 3; reason: pods metric queue_length above target',
      },
    });
  });

  test('whose metric no pod has holds, and says why once', async () => {
    await create([deployment({ container: metricsPort }), autoscaler()]).start();
    readyAll();
    await waitUntil('the reason', () =>
      events.some(
        ({ event }) =>
          event.reason === 'MetricMissing' &&
          event.message.includes('its page has no queue_length'),
      ),
    );
    const told = events.filter(({ event }) =>
      event.message.includes('its page has no queue_length'),
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.event.message).toMatch(
      new RegExp(
        `^no pod has queue_length: ${kubelet.pods()[0]!.metadata.name}: its page has no queue_length; expose the series`,
      ),
    );
    expect(events.map(({ event }) => event.reason)).toContain('FailedGetPodsMetric');
    expect(deploymentNow().desiredReplicas).toBe(1);
  });

  test('whose decision cannot be told fails alone, and goes on', async () => {
    let thrown = 0;
    onDecision = () => {
      thrown += 1;
      if (thrown < 3) throw new Error('a listener that throws');
    };
    await create([deployment(), autoscaler()]).start();
    await waitUntil('the third decision', () => thrown >= 3);
    expect(events).toContainEqual({
      about: 'hpa/shop',
      event: { type: 'Warning', reason: 'FailedReconcile', message: 'a listener that throws' },
    });
  });

  test('without its target says so as Kubernetes does', async () => {
    const lost = autoscaler({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shp' },
    });
    await create([deployment(), lost]).start();
    expect(events).toContainEqual({
      about: 'hpa/shop',
      event: {
        type: 'Warning',
        reason: 'FailedGetScale',
        message: 'deployments.apps "shp" not found',
      },
    });
    expect(decisions[0]!.verdict).toBe('blocked');
  });

  test('on CPU is fed from the kubelet’s samples', async () => {
    const cpu = autoscaler({
      ...quick,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '100m' } },
        },
      ],
    });
    await create([deployment(), cpu]).start();
    readyAll();
    let samples = 0;
    // 0.2 cores; each sample is 15 s after the one before, so that windows fill sooner.
    kubelet.usageOf = () => {
      samples += 1;
      const atMs = Date.now() + samples * 15_000;
      return [
        {
          container: 'app',
          cpuSecondsTotal: observed(samples * 3, atMs),
          memoryWorkingSetBytes: observed(1024, atMs),
        },
      ];
    };
    await waitUntil('a second pod', () => kubelet.pods().length >= 2, { timeoutMs: 20_000 });
  });
});

describe('a pod', () => {
  test('that is gone is replaced', async () => {
    await create([deployment()]).start();
    const [first] = kubelet.pods();
    kubelet.finish(first!.metadata.uid);
    expect(kubelet.pods()).toHaveLength(1);
    expect(kubelet.pods()[0]!.metadata.uid).not.toBe(first!.metadata.uid);
  });

  test('is scraped while it runs and not when it ends', async () => {
    await create([deployment({ container: metricsPort }), autoscaler()]).start();
    kubelet.finishesAtOnce = false;
    readyAll();
    await waitUntil('a target', () => scraper.targets.length === 1);
    kubelet.deletePod(kubelet.pods()[0]!.metadata.uid);
    await waitUntil('no target', () => scraper.targets.length === 0);
  });
});

describe('stop', () => {
  test('deletes the pods with their grace while Services go on, then ends all', async () => {
    await create([deployment(), service(), autoscaler()]).start();
    readyAll();
    await waitUntil('an endpoint', () => balancer.readyPods().length === 1);
    kubelet.finishesAtOnce = false;
    const [pod] = kubelet.pods();
    const stopping = supervisor.stop(7);
    await waitUntil('the pod out of its endpoints', () => balancer.readyPods().length === 0);
    expect(kubelet.deletions).toEqual([{ uid: pod!.metadata.uid, graceSeconds: 7 }]);
    expect(balancer.isStopped).toBe(false);
    kubelet.finish(pod!.metadata.uid);
    await stopping;
    expect([balancer.isStopped, kubelet.isStopped, scraper.isStopped]).toEqual([true, true, true]);
    expect(kubelet.accepted).toHaveLength(1);
    expect(existsSync(join(folder.path, '.bellows', 'supervisor.json'))).toBe(false);
    const decided = decisions.length;
    await supervisor.stop();
    expect(decisions).toHaveLength(decided);
  });

  test('leaves no timer behind', async () => {
    const before = timerCount();
    await create([deployment(), service(), autoscaler()]).start();
    expect(timerCount()).toBeGreaterThan(before);
    await supervisor.stop();
    expect(timerCount()).toBe(before);
  });

  test('hurries when asked again with less grace', async () => {
    await create([deployment()]).start();
    kubelet.finishesAtOnce = false;
    const stopping = supervisor.stop();
    await waitUntil('the first deletion', () => kubelet.deletions.length === 1);
    void supervisor.stop(0);
    expect(kubelet.deletions.map(({ graceSeconds }) => graceSeconds)).toEqual([undefined, 0]);
    kubelet.finish(kubelet.pods()[0]!.metadata.uid);
    await stopping;
  });

  test('during start waits for it', async () => {
    create([deployment(), service()]);
    const starting = supervisor.start();
    await supervisor.stop(0);
    await starting;
    expect(kubelet.isStopped).toBe(true);
    expect(balancer.isStopped).toBe(true);
  });
});
