import { describe, expect, test } from 'vitest';
import { isAlive, pidsWithEnvironment, waitUntil } from '@bellows/testkit';
import type { ContainerStatus, PodStatus } from '../../src/index.ts';
import { isPodReady } from '../../src/index.ts';
import { kubeletBench, type KubeletBench } from '../support/kubelet-bench.ts';
import { fixture, httpProbe, nodeContainer, pod } from '../support/pods.ts';

const readinessProbe = httpProbe();
const healthy = nodeContainer(['server.mjs'], { readinessProbe });

const saying = (bench: KubeletBench, start: string): Promise<string> =>
  waitUntil(`a line that starts with "${start}"`, () =>
    bench.lines.map(({ text }) => text).find((text) => text.startsWith(start)),
  );
const waitingFor = (status: PodStatus, reason: string): boolean =>
  status.containerStatuses.some(({ state }) => state.kind === 'waiting' && state.reason === reason);
const appOf = (status: PodStatus | undefined): ContainerStatus | undefined =>
  status?.containerStatuses[0];

describe('a container that ends', () => {
  test('is unready in the same status that tells its end, and is started again at once', async () => {
    await using bench = await kubeletBench();
    const one = pod([healthy]);
    bench.kubelet.runPod(one);
    const { podIP } = await bench.until(one.metadata.uid, 'ready', isPodReady);
    await fetch(`http://${podIP}:3000/kill`).catch(() => undefined);
    await bench.until(
      one.metadata.uid,
      'ready again',
      (status) => isPodReady(status) && appOf(status)?.restartCount === 1,
    );
    const end = bench.statuses.find((status) => appOf(status)?.state.kind === 'terminated');
    expect(appOf(end)).toMatchObject({ ready: false, started: false, state: { exitCode: 137 } });
    expect(end && isPodReady(end)).toBe(false);
  });

  test('twice waits in CrashLoopBackOff, with its last lines', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['crash.mjs'])]);
    bench.kubelet.runPod(one);
    const status = await bench.until(one.metadata.uid, 'back-off', (status) =>
      waitingFor(status, 'CrashLoopBackOff'),
    );
    expect(appOf(status)?.restartCount).toBe(1);
    expect(status.message).toBe(
      `back-off 10s restarting failed container=app pod=${one.metadata.name}: ` +
        'exited with code 3\ncannot reach the database',
    );
    const reasons = bench.events.map(({ reason }) => reason);
    expect(reasons).toEqual(['Started', 'ContainerDied', 'Started', 'ContainerDied', 'BackOff']);
  });

  test('stays ended when the restart policy says so', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['crash.mjs'])], { restartPolicy: 'Never' });
    bench.kubelet.runPod(one);
    const status = await bench.until(one.metadata.uid, 'failed', ({ phase }) => phase === 'Failed');
    expect(appOf(status)?.state).toMatchObject({ kind: 'terminated', exitCode: 3 });
  });

  test('takes its other processes with it, also one in a session of its own', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['stubborn.mjs'])]);
    bench.kubelet.runPod(one);
    const stray = Number((await saying(bench, 'stray')).split(' ')[1]);
    const { containerStatuses } = await bench.until(
      one.metadata.uid,
      'running',
      (status) => appOf(status)?.state.kind === 'running',
    );
    const state = containerStatuses[0]?.state;
    if (state?.kind === 'running') process.kill(state.pid, 'SIGKILL');
    await waitUntil('the stray has ended', () => !isAlive(stray));
  });
});

describe('a container that cannot be started', () => {
  const without = { ...healthy, command: [] };
  test.each([
    ['has no command', without, 'CreateContainerConfigError', 'names no command'],
    [
      'has no such command',
      { ...healthy, command: ['no-such'] },
      'CrashLoopBackOff',
      'no such command',
    ],
    [
      'is no executable file',
      { ...healthy, command: [fixture('crash.mjs')] },
      'CrashLoopBackOff',
      'chmod +x',
    ],
    [
      'misses its ConfigMap',
      { ...healthy, envFrom: [{ configMapRef: { name: 'settings' } }] },
      'CreateContainerConfigError',
      'configmap "settings" not found',
    ],
  ])('because it %s says so', async (_, container, reason, message) => {
    await using bench = await kubeletBench();
    const one = pod([container]);
    bench.kubelet.runPod(one);
    const status = await bench.until(one.metadata.uid, reason, (status) =>
      waitingFor(status, reason),
    );
    expect(status.message).toContain(message);
    expect(status.phase).toBe(reason === 'CrashLoopBackOff' ? 'Running' : 'Pending');
    expect(bench.events).toContainEqual(
      expect.objectContaining({ type: 'Warning', reason: 'Failed' }),
    );
  });
});

describe('probes', () => {
  test('a liveness failure restarts the container', async () => {
    await using bench = await kubeletBench();
    const livenessProbe = httpProbe({
      httpGet: { path: '/livez', port: 'http', scheme: 'HTTP', httpHeaders: [] },
      failureThreshold: 1,
    });
    // Liveness waits for it: the server may take longer to listen than to a first liveness probe.
    const startupProbe = httpProbe({ periodSeconds: 0.1, failureThreshold: 1000 });
    const one = pod([{ ...healthy, startupProbe, livenessProbe }]);
    bench.kubelet.runPod(one);
    const { podIP } = await bench.until(one.metadata.uid, 'ready', isPodReady);
    await fetch(`http://${podIP}:3000/unhealthy`);
    await bench.until(one.metadata.uid, 'restarted', (status) => appOf(status)?.restartCount === 1);
    const told = bench.events.map(({ message }) => message);
    expect(told).toContain('Liveness probe failed: HTTP probe failed with statuscode: 500');
    expect(told).toContain('Container app failed liveness probe, will be restarted');
    await bench.until(one.metadata.uid, 'ready again', isPodReady);
  });

  test('readiness waits for the startup probe', async () => {
    await using bench = await kubeletBench();
    const startupProbe = httpProbe({ successThreshold: 1 });
    const one = pod([{ ...healthy, startupProbe }]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
    const running = bench.statuses.filter((status) => appOf(status)?.state.kind === 'running');
    const steps = running.map((status) => [appOf(status)?.started, appOf(status)?.ready]);
    expect(steps[0]).toEqual([false, false]);
    expect(steps.at(-1)).toEqual([true, true]);
  });

  test('without a readiness probe a container is ready as soon as it runs', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['server.mjs'])]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
    const first = bench.statuses.find((status) => appOf(status)?.state.kind === 'running');
    expect(first && isPodReady(first)).toBe(true);
  });
});

describe('the deletion of a pod', () => {
  test('is told before the pod gets any signal; readiness goes on', async () => {
    await using bench = await kubeletBench();
    const one = pod([{ ...healthy, lifecycle: { preStop: { sleep: { seconds: 1 } } } }]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
    bench.kubelet.deletePod(one.metadata.uid);
    const told = bench.statuses.at(-1);
    expect(told?.deletionTimestampMs).toBeTypeOf('number');
    expect(told && isPodReady(told)).toBe(true);
    expect(bench.lines.some(({ text }) => text === 'got SIGTERM')).toBe(false);
    await waitUntil('deleted', () => bench.deleted.length > 0);
    expect(bench.lines.some(({ text }) => text === 'got SIGTERM')).toBe(true);
  });

  test('counts preStop in the grace period, and gives two seconds after it', async () => {
    await using bench = await kubeletBench();
    const preStop = { exec: { command: ['sleep', '60'] } };
    const one = pod([nodeContainer(['slow-end.mjs', '60000'], { lifecycle: { preStop } })]);
    bench.kubelet.runPod(one);
    await saying(bench, 'ready');
    const startMs = Date.now();
    bench.kubelet.deletePod(one.metadata.uid, 1);
    const termMs = Number((await saying(bench, 'SIGTERM')).split(' ')[1]) - startMs;
    await waitUntil('deleted', () => bench.deleted.length > 0);
    const killMs = Date.now() - startMs;
    expect(termMs).toBeGreaterThanOrEqual(990);
    expect(killMs).toBeGreaterThanOrEqual(2990);
    expect(bench.events.map(({ message }) => message)).toContain(
      'PreStopHook failed: grace period used up',
    );
    expect(appOf(bench.deleted[0])?.state).toMatchObject({ exitCode: 137 });
    expect(pidsWithEnvironment('BELLOWS_POD_UID', one.metadata.uid)).toEqual([]);
  });

  test('kills what ignores SIGTERM, with its strays, when the grace is over', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['stubborn.mjs'])]);
    bench.kubelet.runPod(one);
    await saying(bench, 'stray');
    bench.kubelet.deletePod(one.metadata.uid, 2);
    await saying(bench, 'ignored SIGTERM');
    await waitUntil('deleted', () => bench.deleted.length > 0);
    expect(pidsWithEnvironment('BELLOWS_POD_UID', one.metadata.uid)).toEqual([]);
  });

  test('can be hurried but not slowed down', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['slow-end.mjs', '60000'])]);
    bench.kubelet.runPod(one);
    await saying(bench, 'ready');
    bench.kubelet.deletePod(one.metadata.uid, 30);
    bench.kubelet.deletePod(one.metadata.uid, 0);
    bench.kubelet.deletePod(one.metadata.uid, 60);
    // `waitUntil` gives up long before the 30 or 60 seconds.
    await waitUntil('deleted', () => bench.deleted.length > 0);
  });

  test('of a pod that is just being accepted leaves nothing', async () => {
    await using bench = await kubeletBench();
    const one = pod([healthy]);
    bench.kubelet.runPod(one);
    bench.kubelet.deletePod(one.metadata.uid);
    await waitUntil('deleted', () => bench.deleted.length > 0);
    await bench.kubelet.stop();
    expect(pidsWithEnvironment('BELLOWS_POD_UID', one.metadata.uid)).toEqual([]);
  });

  test('of a pod in back-off is over at once', async () => {
    await using bench = await kubeletBench();
    const one = pod([nodeContainer(['crash.mjs'])]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'back-off', (status) =>
      waitingFor(status, 'CrashLoopBackOff'),
    );
    bench.kubelet.deletePod(one.metadata.uid);
    expect(bench.deleted).toHaveLength(1);
  });
});
