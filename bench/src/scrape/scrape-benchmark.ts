import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { startWorker, startWorkerWith, type WorkerProcess } from '../worker-process.ts';
import { adapterNodeOptions } from './adapter-node-options.ts';
import { measureProcess, type Measurement } from './measurement.ts';
import { startPrometheus } from './prometheus.ts';
import { targetAddresses } from './target-addresses.ts';
import { bytesPerWindowSample } from './window-bytes.ts';

const COUNTS = [100, 300, 1000, 3000] as const;
/** The number of targets that the goals are about. */
const GOAL_COUNT = 1000;
const GOAL_CPU_PERCENT = 50;
const GOAL_MEMORY_MEGABYTES = 150;
const GOAL_LATENESS_MS = 200;
/** Until connections are made, pages are known and code is compiled, in milliseconds. */
const SETTLE_MS = 8000;

/** What it costs to keep the values of many pods fresh to the second. */
export const scrapeBenchmark: Benchmark = {
  name: 'scrape',
  summary: 'targets of 200 samples each second, three wanted of each, beside Prometheus',
  obstacle: () => {
    if (process.platform !== 'linux') return 'reads CPU times from /proc: run it on Linux';
    const isThere = spawnSync('prometheus', ['--version'], { stdio: 'ignore' }).error === undefined;
    return isThere ? undefined : 'needs Prometheus: apt-get install prometheus';
  },
  run: async (settings) => {
    const targets = await startWorker(new URL('run-targets.js', import.meta.url));
    try {
      const rows: BenchRow[] = [];
      for (const count of COUNTS) {
        const addresses = targetAddresses(count, targets.port);
        const ours = await measureScraper(count, targets.port, settings);
        const peer = await measurePrometheus(addresses, settings);
        rows.push(...rowsOf(count, ours, peer));
      }
      return [...rows, windowRow()];
    } finally {
      await targets.stop();
    }
  },
};

async function measureScraper(
  count: number,
  targetPort: number,
  settings: BenchSettings,
): Promise<Measurement> {
  const program = new URL('run-scraper.js', import.meta.url);
  const worker = startWorkerWith(adapterNodeOptions(), program, String(count), String(targetPort));
  return measureAndStop(await worker, settings);
}

async function measurePrometheus(
  addresses: readonly string[],
  settings: BenchSettings,
): Promise<Measurement> {
  return measureAndStop(await startPrometheus(addresses), settings);
}

async function measureAndStop(
  scraper: WorkerProcess,
  { rounds, seconds }: BenchSettings,
): Promise<Measurement> {
  try {
    await sleep(SETTLE_MS);
    return await measureProcess(scraper, rounds * seconds);
  } finally {
    await scraper.stop();
  }
}

function rowsOf(count: number, ours: Measurement, peer: Measurement): BenchRow[] {
  const isGoal = count === GOAL_COUNT;
  const figures = [
    {
      what: `${count} targets: CPU, % of a core`,
      figure: (one: Measurement) => one.cpuPercent,
      limit: GOAL_CPU_PERCENT,
    },
    {
      what: `${count} targets: resident memory, MB`,
      figure: (one: Measurement) => one.memoryMegabytes,
      limit: GOAL_MEMORY_MEGABYTES,
    },
    {
      what: `${count} targets: p99 of scrape lateness, ms`,
      figure: (one: Measurement) => one.latenessP99Ms,
      limit: GOAL_LATENESS_MS,
    },
  ];
  const compared = figures.map(({ what, figure, limit }): BenchRow => {
    const isMet = figure(ours) < limit && ours.missing === 0;
    return {
      what,
      ours: figure(ours).toFixed(1),
      peer: `Prometheus ${figure(peer).toFixed(1)}`,
      ratio: (figure(peer) / figure(ours)).toFixed(2),
      goal: isGoal ? `< ${limit}` : undefined,
      isMet: !isGoal || isMet,
    };
  });
  const scrapes: BenchRow = {
    what: `${count} targets: scrapes a second, values missing at the end`,
    ours: `${ours.scrapesPerSecond.toFixed(0)}, ${ours.missing}`,
    peer: `Prometheus ${peer.scrapesPerSecond.toFixed(0)}`,
    ratio: undefined,
    goal: undefined,
    isMet: true,
  };
  return [...compared, scrapes];
}

function windowRow(): BenchRow {
  return {
    what: 'bytes a window sample, all told, in windows of 17 samples',
    ours: bytesPerWindowSample(17).toFixed(1),
    peer: undefined,
    ratio: undefined,
    goal: undefined,
    isMet: true,
  };
}
