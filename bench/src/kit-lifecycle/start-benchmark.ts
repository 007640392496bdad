import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Benchmark, BenchRow, BenchSettings } from '../benchmark.ts';
import { median } from '../statistics.ts';
import { PACKED_KIT } from './contenders.ts';
import { probe } from './probes.ts';
import { startReplica } from './replica.ts';

const CONTENDERS = ['bare', 'kit', 'lightship', 'terminus'];
const MAX_ADDED_MS = 80;
const MAX_ADDED_MEGABYTES = 15;
/** Memory is read when the start has settled. */
const SETTLE_MS = 500;
const POLL_MS = 2;

/** One start. */
interface Start {
  /** From the fork to the first 2xx of the readiness probe. */
  readonly ms: number;
  readonly residentMegabytes: number;
}

/** What a library adds to a service's start. */
export const startBenchmark: Benchmark = {
  name: 'kit-start',
  summary:
    'time and memory that the kit adds to a start, on each Node there is, against other libraries',
  // Of up to four versions of Node.
  defaults: { rounds: 5 },
  obstacle: () => (existsSync('/proc/self/status') ? undefined : 'needs Linux for /proc'),
  run: measure,
};

async function measure({ rounds }: BenchSettings): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bellows-kit-'));
  try {
    process.env[PACKED_KIT] = packKit(folder);
    return await measureAll(rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a service would install: its start is not that of the many modules of this repository. */
function packKit(folder: string): string {
  const script = fileURLToPath(new URL('../../../packages/kit/build-package.js', import.meta.url));
  execFileSync(process.execPath, [script, folder], { stdio: 'inherit' });
  return pathToFileURL(join(folder, 'dist/index.js')).href;
}

async function measureAll(rounds: number): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [index, { label, path }] of nodes().entries()) {
    const starts = await measureNode(path, rounds);
    const added = (name: string, field: keyof Start): number =>
      median(
        starts.map(
          (round) => (round.get(name)?.[field] ?? NaN) - (round.get('bare')?.[field] ?? NaN),
        ),
      );
    for (const peer of CONTENDERS.filter((name) => name !== 'bare' && name !== 'kit')) {
      rows.push(row(`${label}: added by ${peer}`, undefined, words(added, peer), true));
    }
    // The goal is for the oldest line, which this machine's own Node is where the project is measured.
    const isGoal = index === 0;
    const [ms, megabytes] = [added('kit', 'ms'), added('kit', 'residentMegabytes')];
    const isMet = !isGoal || (ms <= MAX_ADDED_MS && megabytes <= MAX_ADDED_MEGABYTES);
    const goal = isGoal ? `≤ ${MAX_ADDED_MS} ms, ≤ ${MAX_ADDED_MEGABYTES} MB` : undefined;
    rows.push({
      ...row(`${label}: added by the kit`, words(added, 'kit'), undefined, isMet),
      goal,
    });
  }
  return rows;
}

async function measureNode(path: string, rounds: number): Promise<Map<string, Start>[]> {
  const all: Map<string, Start>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const starts = new Map<string, Start>();
    // In turn, so that a change of the machine's speed meets all of them.
    for (const name of CONTENDERS) starts.set(name, await start(name, path));
    all.push(starts);
  }
  return all;
}

async function start(name: string, node: string): Promise<Start> {
  const startMs = performance.now();
  const replica = await startReplica(name, 'http', { node });
  try {
    for (;;) {
      const { status = 0 } = await probe(replica.probePort, replica.readyPath);
      if (status >= 200 && status < 300) break;
      await pause(POLL_MS);
    }
    const ms = performance.now() - startMs;
    await pause(SETTLE_MS);
    return { ms, residentMegabytes: residentMegabytes(replica.pid) };
  } finally {
    await replica.kill();
  }
}

/** This Node, and those of tools/node-matrix where they are installed. */
function nodes(): { readonly label: string; readonly path: string }[] {
  const matrix = ['node22', 'node24', 'node26'].map((label) => ({
    label,
    path: fileURLToPath(
      new URL(`../../../tools/node-matrix/node_modules/${label}/bin/node`, import.meta.url),
    ),
  }));
  const installed = matrix.filter(({ path }) => existsSync(path));
  return [{ label: `node ${process.version}`, path: process.execPath }, ...installed];
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1024;
}

function words(added: (name: string, field: keyof Start) => number, name: string): string {
  return `${added(name, 'ms').toFixed(0)} ms, ${added(name, 'residentMegabytes').toFixed(1)} MB`;
}

function row(
  what: string,
  ours: string | undefined,
  peer: string | undefined,
  isMet: boolean,
): BenchRow {
  return { what, ours: ours ?? '', peer, ratio: undefined, goal: undefined, isMet };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
