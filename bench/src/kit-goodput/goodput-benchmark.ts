import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { keepAliveTraffic } from '../balancer/traffic.ts';
import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { processCpuSeconds } from '../process-cpu.ts';
import { median } from '../statistics.ts';
import { startWorker, type WorkerProcess } from '../worker-process.ts';
import { CONTENDERS } from './contenders.ts';
import { stepsFor } from './spin.ts';
import { openLoop } from './traffic.ts';

const HANDLER_CPU_MS = 2;
const OVERLOAD = 5;
const GOAL_SHARE_OF_PEAK = 0.9;
/** Clients at once when the peak is measured: enough to keep one core busy. */
const PEAK_CONNECTIONS = 8;
/** Measurements of an overload are so many times as long: it takes a while until a queue has grown. */
const OVERLOAD_SECONDS_FACTOR = 5;
const OUR_NAME = 'kit';
/**
 * What a request that is let in waits for at most: the 20 places and 40 in line that a limit has by default, at 2 ms
 * each; and as long again for what is read and refused meanwhile, and the client's own time.
 */
const P99_BOUND_MS = 2 * 60 * HANDLER_CPU_MS;

/** What one contender did in one round. */
interface Round {
  readonly peakPerSecond: number;
  readonly goodPerSecond: number;
  readonly p99Ms: number;
  /** Share of its core that the machine's other work left to it: waiting takes longer by that. */
  readonly coreShare: number;
  readonly shedShare: number;
}

/** Goodput under five times the load that a service can take, beside peers that refuse and some that do not. */
export const kitGoodputBenchmark: Benchmark = {
  name: 'kit-goodput',
  summary: 'goodput at 5 times capacity, handler of 2 ms CPU, beside peers that shed load',
  // Some 40 s each.
  defaults: { rounds: 3 },
  obstacle: () => {
    if (process.platform !== 'linux')
      return 'ties processes to cores with taskset: run it on Linux';
    if (availableParallelism() < 2) return 'needs a core for the service and one for the load';
    return spawnSync('taskset', ['-V']).error === undefined
      ? undefined
      : 'needs taskset: apt-get install util-linux';
  },
  run: async (settings) => {
    const steps = stepsFor(HANDLER_CPU_MS);
    tieToCore(process.pid, 1);
    const rounds = new Map<string, Round[]>();
    const names = Object.keys(CONTENDERS);
    for (let round = 0; round < settings.rounds; round += 1) {
      const order = round % 2 === 0 ? names : names.toReversed();
      for (const name of order) {
        const measured = await measure(name, steps, settings);
        rounds.set(name, [...(rounds.get(name) ?? []), measured]);
      }
    }
    return rowsOf(rounds);
  },
};

async function measure(name: string, steps: number, settings: BenchSettings): Promise<Round> {
  const worker = await startWorker(new URL('run-server.js', import.meta.url), name, String(steps));
  try {
    tieToCore(worker.pid, 0);
    await keepAliveTraffic(worker.port, PEAK_CONNECTIONS, 1);
    return await overload(worker, settings);
  } finally {
    await worker.stop();
  }
}

/** The peak right before the overload, on the same process, so that the machine's mood weighs on both. */
async function overload(worker: WorkerProcess, { seconds }: BenchSettings): Promise<Round> {
  const peak = await closedLoop(worker, seconds);
  const overloadSeconds = seconds * OVERLOAD_SECONDS_FACTOR;
  // Refusing is code that has not run yet, and connections are opened that a real client has.
  await openLoop(worker.port, OVERLOAD * peak.perSecond, 1);
  const cpuBefore = processCpuSeconds(worker.pid);
  const account = await openLoop(worker.port, OVERLOAD * peak.perSecond, overloadSeconds);
  const cpuSeconds = processCpuSeconds(worker.pid) - cpuBefore;
  // Per second of CPU that the process got: another process on its core would else count against it.
  const goodPerCpuSecond = account.answered / cpuSeconds;
  return {
    peakPerSecond: peak.perCpuSecond,
    goodPerSecond: goodPerCpuSecond,
    p99Ms: (account.latencySeconds?.p99 ?? Number.NaN) * 1000,
    coreShare: cpuSeconds / overloadSeconds,
    shedShare: account.shed / account.sent,
  };
}

async function closedLoop(
  { pid, port }: WorkerProcess,
  seconds: number,
): Promise<{ readonly perSecond: number; readonly perCpuSecond: number }> {
  const before = processCpuSeconds(pid);
  const answers = await keepAliveTraffic(port, PEAK_CONNECTIONS, seconds);
  const cpuSeconds = processCpuSeconds(pid) - before;
  return { perSecond: answers / seconds, perCpuSecond: answers / cpuSeconds };
}

function rowsOf(rounds: ReadonlyMap<string, readonly Round[]>): BenchRow[] {
  return [...rounds].flatMap(([name, measured]) => {
    const share = median(measured.map((round) => round.goodPerSecond / round.peakPerSecond));
    const shares = measured.map((round) => round.goodPerSecond / round.peakPerSecond);
    const isOurs = name === OUR_NAME;
    const shown = `${share.toFixed(2)} (${Math.min(...shares).toFixed(2)}–${Math.max(...shares).toFixed(2)})`;
    const p99Ms = median(measured.map((round) => round.p99Ms));
    const coreShare = median(measured.map((round) => round.coreShare));
    const place = (text: string): Pick<BenchRow, 'ours' | 'peer'> =>
      isOurs ? { ours: text, peer: undefined } : { ours: '', peer: text };
    return [
      {
        what: `${name}: good answers per CPU second, of its peak's`,
        ...place(median(measured.map((round) => round.goodPerSecond)).toFixed(0)),
        ratio: shown,
        goal: isOurs ? `≥ ${GOAL_SHARE_OF_PEAK}` : undefined,
        isMet: !isOurs || share >= GOAL_SHARE_OF_PEAK,
      },
      {
        what: `${name}: p99 of accepted requests, ms`,
        ...place(p99Ms.toFixed(0)),
        ratio: `${(p99Ms * coreShare).toFixed(0)} on a core of its own`,
        goal: isOurs ? `≤ ${P99_BOUND_MS}` : undefined,
        isMet: !isOurs || p99Ms * coreShare <= P99_BOUND_MS,
      },
      {
        what: `${name}: share of its core it got, %`,
        ...place((coreShare * 100).toFixed(0)),
        ratio: undefined,
        goal: undefined,
        isMet: true,
      },
      {
        what: `${name}: refused, % of all`,
        ...place((median(measured.map((round) => round.shedShare)) * 100).toFixed(0)),
        ratio: undefined,
        goal: undefined,
        isMet: true,
      },
    ];
  });
}

function tieToCore(pid: number, core: number): void {
  spawnSync('taskset', ['-a', '-cp', String(core), String(pid)]);
}
