import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRow, Benchmark, BenchSettings } from '../benchmark.ts';
import { mainThreadCpuSeconds } from '../process-cpu.ts';
import { median, quantile } from '../statistics.ts';
import { startWorker } from '../worker-process.ts';
import { RENDERERS } from './renderers.ts';

const LINES = 10_000;
/** Scrapes before the first that counts: code is compiled, prefixes are made. */
const WARM_UP_SCRAPES = 5;
/** Between the scrapes, in milliseconds: what the last one left behind has been collected by then. */
const PAUSE_MS = 200;
/** What the main thread of a service that does nothing uses in the time of a scrape, and varies by, in milliseconds. */
const GOAL_MS = 1;
const OUR_NAME = 'kit';

interface Block {
  /** CPU time of the main thread while a page of metrics was fetched, in milliseconds: it does nothing else. */
  readonly scrapedMs: number;
  /** The same for as long without a fetch. */
  readonly idleMs: number;
  readonly fetchMs: number;
  readonly lines: number;
}

/**
 * How long the main loop stands still while a page of 10,000 lines is rendered: the CPU time of its thread, which
 * other processes of a busy machine do not change.
 */
export const kitRenderBenchmark: Benchmark = {
  name: 'kit-render',
  summary:
    'main loop blocked by rendering 10,000 lines of metrics, beside prom-client and OpenTelemetry',
  obstacle: () =>
    process.platform === 'linux' ? undefined : 'reads CPU times from /proc: run it on Linux',
  run: async (settings) => {
    const rows: BenchRow[] = [];
    for (const name of Object.keys(RENDERERS))
      rows.push(rowOf(name, await measure(name, settings)));
    return rows;
  },
};

async function measure(name: string, { rounds }: BenchSettings): Promise<Block[]> {
  const program = new URL('run-renderer.js', import.meta.url);
  const worker = await startWorker(program, name, String(LINES));
  try {
    const blocks: Block[] = [];
    for (let scrape = -WARM_UP_SCRAPES; scrape < rounds; scrape += 1) {
      await sleep(PAUSE_MS);
      const block = await scrapeOnce(worker.pid, worker.port);
      if (scrape >= 0) blocks.push(block);
    }
    return blocks;
  } finally {
    await worker.stop();
  }
}

async function scrapeOnce(pid: number, port: number): Promise<Block> {
  const startSeconds = mainThreadCpuSeconds(pid);
  const startMs = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const page = await response.text();
  const fetchMs = performance.now() - startMs;
  const scrapedSeconds = mainThreadCpuSeconds(pid);
  await sleep(fetchMs);
  const idleMs = (mainThreadCpuSeconds(pid) - scrapedSeconds) * 1000;
  const scrapedMs = (scrapedSeconds - startSeconds) * 1000;
  return { scrapedMs, idleMs, fetchMs, lines: page.split('\n').length };
}

function rowOf(name: string, blocks: readonly Block[]): BenchRow {
  const scrapedMs = blocks.map((block) => block.scrapedMs);
  const idleMs = median(blocks.map((block) => block.idleMs));
  const blockedMs = Math.max(0, median(scrapedMs) - idleMs);
  const fetchMs = median(blocks.map((block) => block.fetchMs));
  const isOurs = name === OUR_NAME;
  return {
    what: `main loop blocked by rendering ${blocks[0]?.lines ?? 0} lines, ${name}, ms`,
    ours: `${blockedMs.toFixed(2)} (at most ${quantile(scrapedMs, 1).toFixed(2)})`,
    peer: `${idleMs.toFixed(2)} for as long without a scrape`,
    ratio: `${fetchMs.toFixed(0)} ms to fetch`,
    goal: isOurs ? `0 (< ${GOAL_MS})` : undefined,
    isMet: !isOurs || blockedMs < GOAL_MS,
  };
}
