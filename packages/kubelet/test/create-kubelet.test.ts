import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pidsWithEnvironment, temporaryDirectory, waitUntil } from '@bellows/testkit';
import { createKubelet, isPodReady } from '../src/index.ts';
import { kubeletBench } from './support/kubelet-bench.ts';
import { httpProbe, nodeContainer, pod } from './support/pods.ts';

const server = nodeContainer(['server.mjs'], { readinessProbe: httpProbe() });

/** Takes the errors that nobody catches away from the test runner. */
function uncaughtErrors(): Disposable & { readonly seen: readonly unknown[] } {
  const seen: unknown[] = [];
  const take = (error: unknown): void => {
    seen.push(error);
  };
  const before = (['uncaughtException', 'unhandledRejection'] as const).map((name) => {
    const handlers = process.rawListeners(name) as (() => void)[];
    process.removeAllListeners(name).on(name, take);
    return { name, handlers };
  });
  return {
    seen,
    [Symbol.dispose]() {
      for (const { name, handlers } of before) {
        process.removeAllListeners(name);
        for (const handler of handlers) process.on(name, handler);
      }
    },
  };
}

describe('createKubelet', () => {
  test('runs a pod at an address that is set aside for pods, as part of the node it is told to be', async () => {
    await using bench = await kubeletBench({
      podAddresses: ['127.250.7.1'],
      node: { name: 'node-1', address: '10.0.9.11' },
      environment: { SHOP_SERVICE_HOST: 'of the kubelet' },
    });
    const show = 'console.log(process.env.NODE, process.env.POD_IP, process.env.SHOP_SERVICE_HOST)';
    const container = nodeContainer([''], {
      command: [process.execPath, '-e', `${show}; setInterval(() => {}, 1000)`],
      env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    });
    bench.kubelet.runPod({
      ...pod([container]),
      environment: { SHOP_SERVICE_HOST: 'of the pod' },
    });
    const line = await waitUntil('the line', () => bench.lines[0]?.text);
    expect(line).toBe('node-1 127.250.7.1 of the pod');
  });

  test('gives two pods of one port an address each, and both become ready', async () => {
    await using bench = await kubeletBench();
    const pods = [pod([server]), pod([server])];
    for (const one of pods) bench.kubelet.runPod(one);
    const ready = await Promise.all(
      pods.map((one) => bench.until(one.metadata.uid, 'ready', isPodReady)),
    );
    const addresses = ready.map(({ podIP }) => podIP);
    expect(new Set(addresses).size).toBe(2);
    for (const address of addresses) {
      expect(await (await fetch(`http://${address}:3000/`)).text()).toBe(`${address}\n`);
    }
  });

  test('ends a deleted pod by SIGTERM and tells when it is gone', async () => {
    await using bench = await kubeletBench();
    const one = pod([server]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
    bench.kubelet.deletePod(one.metadata.uid);
    await waitUntil('deleted', () => bench.deleted.length > 0);
    expect(bench.lines.map(({ text }) => text)).toContain('got SIGTERM');
    expect(bench.deleted[0]?.containerStatuses[0]?.state).toMatchObject({
      kind: 'terminated',
      exitCode: 0,
    });
    expect(bench.kubelet.pods()).toEqual([]);
  });

  test('a full disk under the logs is told once; the pod goes on', async () => {
    await using bench = await kubeletBench();
    const one = pod([server]);
    const log = join(bench.stateDirectory, 'logs', `${one.metadata.name}_app.log`);
    await symlink('/dev/full', log);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
    bench.kubelet.deletePod(one.metadata.uid);
    await waitUntil('deleted', () => bench.deleted.length > 0);
    const told = bench.events.filter(({ reason }) => reason === 'LogWriteFailed');
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain('ENOSPC');
  });

  test('reads the usage of a running pod, and of none else', async () => {
    await using bench = await kubeletBench();
    const one = pod([server]);
    bench.kubelet.runPod(one);
    await bench.until(one.metadata.uid, 'ready', isPodReady);
    const [usage] = bench.kubelet.usage(one.metadata.uid);
    expect(usage?.container).toBe('app');
    const kind = process.platform === 'linux' ? 'value' : 'missing';
    expect(usage?.cpuSecondsTotal.kind).toBe(kind);
    expect(usage?.memoryWorkingSetBytes.kind).toBe(kind);
    expect(bench.kubelet.usage('unknown')).toEqual([]);
  });

  test('runs pods only between start and stop, each once', async () => {
    await using folder = await temporaryDirectory();
    const kubelet = createKubelet(
      { stateDirectory: folder.path, configMaps: [], secrets: [], environment: {} },
      {},
    );
    const refusal = expect.objectContaining({ code: 'ERR_KUBELET_NOT_RUNNING' }) as unknown;
    expect(() => kubelet.runPod(pod([server]))).toThrow(refusal);
    await kubelet.stop();
    await kubelet.start();
    const one = pod([server]);
    kubelet.runPod(one);
    expect(() => kubelet.runPod(one)).toThrow('uid');
    kubelet.deletePod('unknown');
    await Promise.all([kubelet.stop(), kubelet.stop(0)]);
    await kubelet.stop();
    expect(() => kubelet.runPod(pod([server]))).toThrow(refusal);
  });

  test('leaves no timer, socket or process behind', async () => {
    const before = process.getActiveResourcesInfo();
    const bench = await kubeletBench();
    const container = { ...server, livenessProbe: httpProbe() };
    const pods = [pod([container]), pod([nodeContainer(['crash.mjs'])])];
    for (const one of pods) bench.kubelet.runPod(one);
    await bench.until(pods[0]!.metadata.uid, 'ready', isPodReady);
    await bench[Symbol.asyncDispose]();
    await waitUntil('no resource beyond those of before', () => {
      const left = process.getActiveResourcesInfo();
      for (const resource of before) {
        if (left.includes(resource)) left.splice(left.indexOf(resource), 1);
      }
      return left.length === 0;
    });
    for (const one of pods) {
      expect(pidsWithEnvironment('BELLOWS_POD_UID', one.metadata.uid)).toEqual([]);
    }
  });

  test('stop calls off probes and hooks, and tells nothing of a pod that is gone', async () => {
    const asked: string[] = [];
    const silent = createServer((request) => asked.push(request.url ?? '')).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const asking = (path: string) => ({
      httpGet: { host: '127.0.0.1', path, port, scheme: 'HTTP' as const, httpHeaders: [] },
    });
    await using bench = await kubeletBench();
    const one = pod([
      nodeContainer(['server.mjs'], {
        readinessProbe: httpProbe({ ...asking('/probe'), timeoutSeconds: 60 }),
        lifecycle: { preStop: asking('/hook') },
      }),
    ]);
    bench.kubelet.runPod(one);
    await waitUntil('the probe', () => asked.includes('/probe'));
    bench.kubelet.deletePod(one.metadata.uid, 60);
    await waitUntil('the hook', () => asked.includes('/hook'));
    await bench.kubelet.stop(0);
    const events = bench.events.map(({ reason }) => reason);
    const closed = once(silent, 'close');
    silent.close();
    await closed;
    expect(events).toEqual(['Started', 'Killing']);
    expect(bench.events).toHaveLength(events.length);
  });

  test('stop resolves also when a listener throws', async () => {
    await using folder = await temporaryDirectory();
    const kubelet = createKubelet(
      { stateDirectory: folder.path, configMaps: [], secrets: [], environment: {} },
      {
        podDeleted: () => {
          throw new Error('a fault of the listener');
        },
      },
    );
    await kubelet.start();
    const one = pod([server]);
    kubelet.runPod(one);
    await waitUntil('running', () => kubelet.pods()[0]?.phase === 'Running');
    using errors = uncaughtErrors();
    await kubelet.stop(0);
    await waitUntil('the error', () => errors.seen.length > 0);
    expect(errors.seen).toMatchObject([{ message: 'a fault of the listener' }]);
  });

  test('a state folder that cannot be made is an error with a remedy', async () => {
    const kubelet = createKubelet(
      { stateDirectory: '/dev/null/state', configMaps: [], secrets: [], environment: {} },
      {},
    );
    await expect(kubelet.start()).rejects.toMatchObject({ code: 'ERR_KUBELET_STATE_DIRECTORY' });
    await kubelet.stop();
  });
});
