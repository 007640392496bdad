import { startPagePrometheus } from '@bellows/e2e';
import type { BenchRow, BenchSettings } from '../benchmark.ts';
import { COUNTS, NAMESPACE, pathOf, podName } from './cluster.ts';
import { measureLoad, type Load } from './measure-load.ts';
import { beside, GOAL_MEMORY_MEGABYTES } from './rows.ts';
import { startServer, type ServerSurroundings } from './servers.ts';

const CONCURRENCIES = [1, 32] as const;
/** Series of each pod that no rule asks for: what a Prometheus holds besides. */
const OTHER_SERIES = 90;
const GOAL_READY_SECONDS = 3;
const METRIC = 'http_requests_per_second';
const CONFIG = `rules:
  - seriesQuery: 'http_requests_total{namespace!="",pod!=""}'
    resources: { template: <<.Resource>> }
    name: { matches: ^(.*)_total$, as: '\${1}_per_second' }
    metricsQuery: sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)
`;

interface Measured {
  readonly firstAnswerSeconds: number;
  readonly idleMegabytes: number;
  readonly peakMegabytes: number;
  readonly loads: ReadonlyMap<string, Load>;
}

/** A question for pods' values through a real Prometheus, for each number of pods and of requests at a time. */
export async function measureQuestions(
  surroundings: Omit<ServerSurroundings, 'prometheusUrl' | 'config'>,
  token: string,
  settings: BenchSettings,
): Promise<BenchRow[]> {
  const known = 'count(rate(http_requests_total[2m])) > 1000';
  const prometheus = await startPagePrometheus(seriesPage, known);
  try {
    const parts = { ...surroundings, prometheusUrl: prometheus.url, config: CONFIG };
    return rowsOf(
      await measureServer('ours', parts, token, settings),
      await measureServer('peer', parts, token, settings),
    );
  } finally {
    await prometheus.stop();
  }
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
  which: 'ours' | 'peer',
  parts: ServerSurroundings,
  token: string,
  { rounds, seconds }: BenchSettings,
): Promise<Measured> {
  const server = await startServer(which, parts, { path: pathOf(10, METRIC), token });
  try {
    const idleMegabytes = server.residentMegabytes();
    const loads = new Map<string, Load>();
    for (const count of COUNTS) {
      for (const concurrency of CONCURRENCIES) {
        const forMs = rounds * seconds * 1000;
        const load = await measureLoad(`${server.url}${pathOf(count, METRIC)}`, token, {
          ...{ concurrency, forMs },
        });
        loads.set(`${count} pods, ${concurrency} at a time`, load);
      }
    }
    const { firstAnswerSeconds } = server;
    return { firstAnswerSeconds, idleMegabytes, peakMegabytes: server.peakMegabytes(), loads };
  } finally {
    await server.stop();
  }
}

function rowsOf(ours: Measured, peer: Measured): BenchRow[] {
  const row = (what: string, figure: (one: Measured) => number, limit?: number): BenchRow =>
    beside(what, figure(ours), figure(peer), limit);
  const loads = [...ours.loads.keys()].flatMap((what) => [
    row(`${what}: p50, ms`, ({ loads: all }) => all.get(what)?.p50Ms ?? Number.NaN),
    row(`${what}: p99, ms`, ({ loads: all }) => all.get(what)?.p99Ms ?? Number.NaN),
    row(`${what}: answers a second`, ({ loads: all }) => all.get(what)?.perSecond ?? Number.NaN),
    ...failureRow(what, ours.loads.get(what), peer.loads.get(what)),
  ]);
  return [
    row('start to first answer, s', (one) => one.firstAnswerSeconds, GOAL_READY_SECONDS),
    row('RSS then, 101,010 series, MB', (one) => one.idleMegabytes, GOAL_MEMORY_MEGABYTES),
    row('most of it under load, MB', (one) => one.peakMegabytes, GOAL_MEMORY_MEGABYTES),
    ...loads,
  ];
}

/** What was not answered with a value, where anything was not. */
function failureRow(what: string, ours: Load | undefined, peer: Load | undefined): BenchRow[] {
  const text = (load: Load | undefined): string =>
    [...(load?.failures ?? [])].map(([reason, count]) => `${count} × ${reason}`).join(', ') ||
    'none';
  const isMet = (ours?.failures.size ?? 0) === 0;
  if (isMet && (peer?.failures.size ?? 0) === 0) return [];
  const row = { what: `${what}: not answered`, ours: text(ours), peer: text(peer) };
  return [{ ...row, ratio: undefined, goal: 'none', isMet }];
}
