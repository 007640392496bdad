import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { processCpuSeconds } from '../process-cpu.ts';
import { median, quantile } from '../statistics.ts';
import { startWorker, type WorkerProcess } from '../worker-process.ts';
import { haproxyVersion, startHaproxy } from './haproxy.ts';
import { keepAliveTraffic, newConnectionTraffic, pacedLatenciesMs } from './traffic.ts';

const CONNECTIONS = 32;
const GOAL_REQUESTS = 0.6;
const GOAL_CONNECTIONS = 0.4;
/** Time between two requests when latency is measured: timers have no finer steps. */
const PACE_MS = 1;
const MICROSECONDS = 1e6;

/** What one contender used in one round. */
interface Round {
  readonly cpuPerRequestSeconds: number;
  readonly cpuPerConnectionSeconds: number;
  readonly cpuPerPacedRequestSeconds: number;
  readonly latenciesMs: readonly number[];
}

/** Our balancer beside HAProxy in TCP mode with one thread, in front of the same endpoint. */
export const balancerBenchmark: Benchmark = {
  name: 'balancer',
  summary: 'CPU per request and per connection, and added latency, beside HAProxy',
  obstacle: () => {
    if (process.platform !== 'linux') return 'reads CPU times from /proc: run it on Linux';
    return haproxyVersion() === undefined ? 'needs HAProxy: apt-get install haproxy' : undefined;
  },
  run: async (settings) => {
    const backend = await startWorker(new URL('run-backend.js', import.meta.url));
    const ours = await startWorker(
      new URL('run-balancer.js', import.meta.url),
      String(backend.port),
    );
    const haproxy = await startHaproxy(backend.port);
    try {
      return await compare({ backend, ours, haproxy }, settings);
    } finally {
      await Promise.all([ours.stop(), haproxy.stop(), backend.stop()]);
    }
  },
};

interface Contenders {
  readonly backend: WorkerProcess;
  readonly ours: WorkerProcess;
  readonly haproxy: WorkerProcess;
}

async function compare(
  { backend, ours, haproxy }: Contenders,
  { rounds, seconds }: BenchSettings,
): Promise<BenchRow[]> {
  const oursRounds: Round[] = [];
  const haproxyRounds: Round[] = [];
  const directMs: number[] = [];
  await measure(ours, 1);
  await measure(haproxy, 1);
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? ours : haproxy;
    for (const contender of [first, first === ours ? haproxy : ours]) {
      const measured = await measure(contender, seconds);
      (contender === ours ? oursRounds : haproxyRounds).push(measured);
    }
    directMs.push(...(await pacedLatenciesMs(backend.port, CONNECTIONS, PACE_MS, seconds)));
  }
  return rowsOf(oursRounds, haproxyRounds, directMs);
}

async function measure({ pid, port }: WorkerProcess, seconds: number): Promise<Round> {
  const cpuPer = async (traffic: () => Promise<number>): Promise<number> => {
    const before = processCpuSeconds(pid);
    const count = await traffic();
    return (processCpuSeconds(pid) - before) / count;
  };
  let latenciesMs: number[] = [];
  return {
    cpuPerRequestSeconds: await cpuPer(() => keepAliveTraffic(port, CONNECTIONS, seconds)),
    cpuPerConnectionSeconds: await cpuPer(() => newConnectionTraffic(port, CONNECTIONS, seconds)),
    cpuPerPacedRequestSeconds: await cpuPer(async () => {
      latenciesMs = await pacedLatenciesMs(port, CONNECTIONS, PACE_MS, seconds);
      return latenciesMs.length;
    }),
    latenciesMs,
  };
}

function rowsOf(ours: Round[], haproxy: Round[], directMs: number[]): BenchRow[] {
  return [
    cpuRow(`CPU per keep-alive request, ${CONNECTIONS} at once, µs`, GOAL_REQUESTS, {
      ours: ours.map((round) => round.cpuPerRequestSeconds),
      peer: haproxy.map((round) => round.cpuPerRequestSeconds),
    }),
    cpuRow(`CPU per new connection, ${CONNECTIONS} at once, µs`, GOAL_CONNECTIONS, {
      ours: ours.map((round) => round.cpuPerConnectionSeconds),
      peer: haproxy.map((round) => round.cpuPerConnectionSeconds),
    }),
    cpuRow('CPU per keep-alive request, one each ms, µs', undefined, {
      ours: ours.map((round) => round.cpuPerPacedRequestSeconds),
      peer: haproxy.map((round) => round.cpuPerPacedRequestSeconds),
    }),
    ...[0.5, 0.99].map((share): BenchRow => {
      const added = (rounds: Round[]): number =>
        quantile(
          rounds.flatMap((round) => round.latenciesMs),
          share,
        ) - quantile(directMs, share);
      return {
        what: `added p${share * 100}, one request each ms, µs`,
        ours: (added(ours) * 1000).toFixed(0),
        peer: (added(haproxy) * 1000).toFixed(0),
        ratio: undefined,
        goal: undefined,
        isMet: true,
      };
    }),
  ];
}

/** Ratios are taken within a round, so that the machine's other work weighs on both. */
function cpuRow(
  what: string,
  goal: number | undefined,
  { ours, peer }: { readonly ours: readonly number[]; readonly peer: readonly number[] },
): BenchRow {
  const ratios = ours.map((cost, round) => (peer[round] ?? Number.NaN) / cost);
  const ratio = median(ratios);
  return {
    what,
    ours: (median(ours) * MICROSECONDS).toFixed(1),
    peer: (median(peer) * MICROSECONDS).toFixed(1),
    ratio: `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`,
    goal: goal === undefined ? undefined : `≥ ${goal}`,
    isMet: goal === undefined || ratio >= goal,
  };
}
