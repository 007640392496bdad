import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { processCpuSeconds } from '../process-cpu.ts';
import { median } from '../statistics.ts';
import { startWorker } from '../worker-process.ts';

const PODS = 50;
const GOAL_CPU_PERCENT = 10;
const GOAL_MEMORY_MEGABYTES = 150;
/** Until the pods' starts and the first sync are over, in milliseconds. */
const SETTLE_MS = 5000;
const BYTES_PER_MEGABYTE = 1e6;

/** What it costs to look after 50 pods that do nothing. */
export const supervisorIdleBenchmark: Benchmark = {
  name: 'supervisor-idle',
  summary: 'CPU and memory of a supervisor with 50 idle pods, probed and scraped each second',
  obstacle: () =>
    process.platform === 'linux' ? undefined : 'reads CPU times from /proc: run it on Linux',
  run: async (settings) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellows-bench-'));
    const program = new URL('run-supervisor.js', import.meta.url);
    const supervisor = await startWorker(program, String(PODS), folder);
    try {
      await sleep(SETTLE_MS);
      return await measure(supervisor.pid, settings);
    } finally {
      await supervisor.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(pid: number, { rounds, seconds }: BenchSettings): Promise<BenchRow[]> {
  const cpuPercents: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startSeconds = performance.now() / 1000;
    const before = processCpuSeconds(pid);
    await sleep(seconds * 1000);
    const elapsedSeconds = performance.now() / 1000 - startSeconds;
    cpuPercents.push(((processCpuSeconds(pid) - before) / elapsedSeconds) * 100);
    megabytes.push(residentBytes(pid) / BYTES_PER_MEGABYTE);
  }
  return [
    row(`CPU of the supervisor with ${PODS} idle pods, % of a core`, cpuPercents, GOAL_CPU_PERCENT),
    row(`memory of the supervisor with ${PODS} idle pods, MB`, megabytes, GOAL_MEMORY_MEGABYTES),
  ];
}

function row(what: string, values: readonly number[], goal: number): BenchRow {
  const middle = median(values);
  const range = `${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)}`;
  return {
    what,
    ours: `${middle.toFixed(1)} (${range})`,
    peer: undefined,
    ratio: undefined,
    goal: `< ${goal}`,
    isMet: middle < goal,
  };
}

/** Resident set of a process, in bytes. */
function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
