import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  autoscaledObjects,
  buildKube,
  createAuditLog,
  deployAdapter,
  findGo,
  kubectl,
  startControlPlane,
  startSimulatedNode,
  startSimulatedPages,
  type AuditLog,
} from '@bellows/e2e';
import { createKubernetesClient } from '@bellows/kubernetes';
import type { Benchmark } from '../benchmark.ts';
import { processCpuSeconds } from '../process-cpu.ts';
import { until } from '../reaction/until.ts';
import { scaleRows, SYNC_MS, type ScaleMeasurement } from './scale-rows.ts';

const AUTOSCALERS = 100;
const PODS_EACH = 10;
const NAMESPACE = 'scale';
/** At the target, so that nothing is scaled while it is measured. */
const RATE = 10;
const CONFIG = JSON.stringify({
  rules: [],
  sources: [{ name: 'scraped', pods: { namespaces: [NAMESPACE] } }],
});
const READY_MS = 600_000;
/** Clients of the controllers, which would take minutes for so many pods at 20 requests a second. */
const UNTHROTTLED = ['--kube-api-qps=500', '--kube-api-burst=500'];

/** 100 autoscalers and 1,000 pods on a real control plane, each pod scraped each second by the adapter. */
export const adapterScaleBenchmark: Benchmark = {
  name: 'adapter-scale',
  summary:
    '100 HPAs and 1,000 pods scraped each second: the adapter’s CPU, memory and answers, missed syncs',
  defaults: { rounds: 1, seconds: 120 },
  obstacle: () => {
    if (process.platform !== 'linux') return 'needs Linux for the control plane';
    return findGo() === undefined ? 'needs Go 1.26 or newer: https://go.dev/dl' : undefined;
  },
  run: async ({ rounds, seconds }) => {
    const folder = mkdtempSync(join(tmpdir(), 'bellows-bench-'));
    const ends: (() => unknown)[] = [];
    try {
      return scaleRows(await measure(folder, rounds * seconds, ends));
    } finally {
      for (const end of ends.reverse()) await end();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  folder: string,
  seconds: number,
  ends: (() => unknown)[],
): Promise<ScaleMeasurement> {
  const audit = createAuditLog(folder);
  const plane = await startControlPlane({
    kube: await buildKube(),
    extraFlags: { apiserver: audit.flags, 'controller-manager': UNTHROTTLED },
  });
  ends.push(() => plane.stop());
  const { info } = plane;
  const client = await createKubernetesClient({ kubeconfig: info.kubeconfig });
  ends.push(() => {
    client.close();
  });
  const node = await startSimulatedNode(info, client);
  ends.push(() => node.stop());
  const pages = await startSimulatedPages(info, RATE);
  ends.push(() => pages.stop());
  const adapter = await deployAdapter(info, {
    ...{ folder, config: CONFIG, prometheusUrl: 'http://127.0.0.1:9', isInside: true },
  });
  ends.push(() => adapter.stop());
  await kubectl(info, ['create', 'namespace', NAMESPACE]);
  const list = { apiVersion: 'v1', kind: 'List', items: autoscalers() };
  await kubectl(info, ['create', '-f', '-'], JSON.stringify(list));
  const areReady = await until(() => node.readyPods() >= AUTOSCALERS * PODS_EACH, READY_MS);
  if (!areReady) throw new Error(`only ${node.readyPods()} pods became ready`);
  // Two syncs and a window: what is measured is how it goes on, not how it begins.
  await sleep(3 * SYNC_MS);
  return watch(adapter.pid, audit, seconds);
}

function autoscalers(): object[] {
  const limits = { replicas: PODS_EACH, maxReplicas: 2 * PODS_EACH, averageValue: RATE };
  return Array.from({ length: AUTOSCALERS }, (_, index) =>
    autoscaledObjects({ name: `app-${index}`, namespace: NAMESPACE, ...limits }),
  ).flat();
}

async function watch(pid: number, audit: AuditLog, seconds: number): Promise<ScaleMeasurement> {
  const fromMs = Date.now();
  const cpuBefore = processCpuSeconds(pid);
  let peakMegabytes = 0;
  while (Date.now() < fromMs + seconds * 1000) {
    peakMegabytes = Math.max(peakMegabytes, residentMegabytes(pid));
    await sleep(1_000);
  }
  const toMs = Date.now();
  console.error(
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  return {
    ...{ fromMs, toMs, events: audit.events(), peakMegabytes },
    autoscalers: AUTOSCALERS,
    cpuShare: (processCpuSeconds(pid) - cpuBefore) / ((toMs - fromMs) / 1000),
  };
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1000;
}
