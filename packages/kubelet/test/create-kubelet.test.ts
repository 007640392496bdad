import { describe, expect, test } from 'vitest';
import { waitUntil } from '@bellows/testkit';
import { isReady, kubeletBench } from './support/kubelet-bench.ts';
import { httpProbe, nodeContainer, pod } from './support/pods.ts';

const server = nodeContainer(['server.mjs'], { readinessProbe: httpProbe() });

describe('createKubelet', () => {
  test('gives two pods of one port an address each, and both become ready', async () => {
    await using bench = await kubeletBench();
    const pods = [pod([server]), pod([server])];
    for (const one of pods) bench.kubelet.runPod(one);
    const ready = await Promise.all(
      pods.map((one) => bench.until(one.metadata.uid, 'ready', isReady)),
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
    await bench.until(one.metadata.uid, 'ready', isReady);
    bench.kubelet.deletePod(one.metadata.uid);
    await waitUntil('deleted', () => bench.deleted.length > 0);
    expect(bench.lines.map(({ text }) => text)).toContain('got SIGTERM');
    expect(bench.deleted[0]?.containerStatuses[0]?.state).toMatchObject({
      kind: 'terminated',
      exitCode: 0,
    });
    expect(bench.kubelet.pods()).toEqual([]);
  });
});
