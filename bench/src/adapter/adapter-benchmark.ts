import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildKube,
  kubectl,
  startControlPlane,
  startPagePrometheus,
  type ControlPlane,
} from '@bellows/e2e';
import { createKubernetesClient } from '@bellows/kubernetes';
import { machineLacks } from './machine-lacks.ts';
import type { Benchmark, BenchRow, BenchSettings } from '../benchmark.ts';
import { quantile } from '../statistics.ts';
import { ask, startServer, type MeasuredServer } from './servers.ts';

const COUNTS = [10, 100, 1000] as const;
const CONCURRENCIES = [1, 32] as const;
const NAMESPACE = 'bench';
/** Series of each pod that no rule asks for: what a Prometheus holds besides. */
const OTHER_SERIES = 90;
const GOAL_READY_SECONDS = 3;
const GOAL_MEMORY_MEGABYTES = 150;
const CONFIG = `rules:
  - seriesQuery: 'http_requests_total{namespace!="",pod!=""}'
    resources: { template: <<.Resource>> }
    name: { matches: ^(.*)_total$, as: '\${1}_per_second' }
    metricsQuery: sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)
`;

interface Load {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
}

/** Our adapter beside prometheus-adapter 0.12.0: the same rule, pods, Prometheus and API server. */
export const adapterBenchmark: Benchmark = {
  name: 'adapter',
  summary: 'answers for 10, 100 and 1,000 pods, start and memory, beside prometheus-adapter 0.12.0',
  obstacle: machineLacks,
  run: async (settings) => {
    const folder = mkdtempSync(join(tmpdir(), 'bellows-bench-'));
    const plane = await startControlPlane({ kube: await buildKube() });
    try {
      const token = await preparePods(plane);
      const prometheus = await startPagePrometheus(
        seriesPage,
        'count(rate(http_requests_total[2m])) > 1000',
      );
      try {
        const { kubeconfig } = plane.info;
        const parts = { folder, kubeconfig, prometheusUrl: prometheus.url, config: CONFIG };
        const measure = async (which: 'ours' | 'peer'): Promise<Measured> => {
          const server = await startServer(which, parts, { path: pathOf(10), token });
          try {
            return await measureServer(server, token, settings);
          } finally {
            await server.stop();
          }
        };
        return rowsOf(await measure('ours'), await measure('peer'));
      } finally {
        await prometheus.stop();
      }
    } finally {
      await plane.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Measured {
  readonly firstAnswerSeconds: number;
  readonly idleMegabytes: number;
  readonly peakMegabytes: number;
  readonly loads: ReadonlyMap<string, Load>;
}

const podName = (count: number, index: number): string => `pods-${count}-${index}`;
const pathOf = (count: number): string =>
  `/apis/custom.metrics.k8s.io/v1beta2/namespaces/${NAMESPACE}/pods/*/http_requests_per_second?labelSelector=group%3Dof-${count}`;

/** Makes the pods, and resolves with an administrator's token. */
async function preparePods(plane: ControlPlane): Promise<string> {
  const { info } = plane;
  await kubectl(info, ['create', 'namespace', NAMESPACE]);
  await kubectl(info, ['create', 'namespace', 'bellows-system']);
  // Where ours keeps its authority; the other signs itself.
  const secret = ['create', 'secret', 'generic', 'bellows-adapter-ca'];
  await kubectl(info, [...secret, '--namespace=bellows-system']);
  await kubectl(info, ['create', 'serviceaccount', 'default', `--namespace=${NAMESPACE}`]).catch(
    () => undefined,
  );
  const client = await createKubernetesClient({ kubeconfig: info.kubeconfig });
  const path = `/api/v1/namespaces/${NAMESPACE}/pods`;
  for (const count of COUNTS) {
    for (let from = 0; from < count; from += 50) {
      const indexes = Array.from(
        { length: Math.min(50, count - from) },
        (_, index) => from + index,
      );
      await Promise.all(
        indexes.map((index) => client.write('POST', path, { body: podOf(count, index) })),
      );
    }
  }
  client.close();
  const binding = ['create', 'clusterrolebinding', 'bench', '--clusterrole=cluster-admin'];
  await kubectl(info, [...binding, `--serviceaccount=${NAMESPACE}:default`]);
  const token = ['create', 'token', 'default', `--namespace=${NAMESPACE}`, '--duration=2h'];
  return (await kubectl(info, token)).trim();
}

/** Of the size that real ones have, about 6 KB. */
function podOf(count: number, index: number): object {
  const env = Array.from({ length: 60 }, (_, at) => ({
    name: `SETTING_${at}`,
    value: `value number ${at} of some length, as it is in manifests`,
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: podName(count, index), labels: { group: `of-${count}` } },
    spec: { containers: [{ name: 'app', image: 'none', env }] },
  };
}

function seriesPage(): string {
  const second = Math.floor(Date.now() / 1000) % 1_000_000;
  const lines: string[] = [];
  for (const count of COUNTS) {
    for (let index = 0; index < count; index += 1) {
      const labels = `namespace="${NAMESPACE}",pod="${podName(count, index)}"`;
      lines.push(`http_requests_total{${labels}} ${second * 10}`);
      for (let other = 0; other < OTHER_SERIES; other += 1) {
        lines.push(`http_requests_total{${labels},code="${other}"} ${second}`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

async function measureServer(
  server: MeasuredServer,
  token: string,
  { rounds, seconds }: BenchSettings,
): Promise<Measured> {
  const idleMegabytes = server.residentMegabytes();
  let peakMegabytes = idleMegabytes;
  const loads = new Map<string, Load>();
  for (const count of COUNTS) {
    for (const concurrency of CONCURRENCIES) {
      const load = await measureLoad(`${server.url}${pathOf(count)}`, token, {
        concurrency,
        forMs: rounds * seconds * 1000,
      });
      loads.set(`${count} pods, ${concurrency} at a time`, load);
      peakMegabytes = Math.max(peakMegabytes, server.residentMegabytes());
    }
  }
  const { firstAnswerSeconds } = server;
  return { firstAnswerSeconds, idleMegabytes, peakMegabytes, loads };
}

async function measureLoad(
  url: string,
  token: string,
  { concurrency, forMs }: { readonly concurrency: number; readonly forMs: number },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times: number[] = [];
  // Connections, tokens and compiled code are the same for both by then.
  await ask(url, token, agent);
  const endMs = performance.now() + forMs;
  const beganMs = performance.now();
  const worker = async (): Promise<void> => {
    do {
      const sentMs = performance.now();
      const status = await ask(url, token, agent);
      if (status !== 200) throw new Error(`${url} was answered ${status}`);
      times.push(performance.now() - sentMs);
    } while (performance.now() < endMs);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  const perSecond = (times.length / (performance.now() - beganMs)) * 1000;
  return { p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), perSecond };
}

function rowsOf(ours: Measured, peer: Measured): BenchRow[] {
  const row = (what: string, figure: (one: Measured) => number, limit?: number): BenchRow => ({
    what,
    ours: figure(ours).toFixed(1),
    peer: `prometheus-adapter ${figure(peer).toFixed(1)}`,
    ratio: (figure(peer) / figure(ours)).toFixed(2),
    goal: limit === undefined ? undefined : `< ${limit}`,
    isMet: limit === undefined || figure(ours) < limit,
  });
  const loads = [...ours.loads.keys()].flatMap((what) => [
    row(`${what}: p50, ms`, ({ loads: all }) => all.get(what)?.p50Ms ?? Number.NaN),
    row(`${what}: p99, ms`, ({ loads: all }) => all.get(what)?.p99Ms ?? Number.NaN),
    row(`${what}: answers a second`, ({ loads: all }) => all.get(what)?.perSecond ?? Number.NaN),
  ]);
  return [
    row('start to first answer, s', (one) => one.firstAnswerSeconds, GOAL_READY_SECONDS),
    row('resident memory at 101,010 series, MB', (one) => one.idleMegabytes, GOAL_MEMORY_MEGABYTES),
    row('most of it under load, MB', (one) => one.peakMegabytes, GOAL_MEMORY_MEGABYTES),
    ...loads,
  ];
}
