import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExpositionOracle, findGo } from '@bellows/conformance/exposition-oracle';
import { createPageReader } from '@bellows/exposition';
import type { Benchmark, BenchRow, BenchSettings } from '../benchmark.ts';
import { median } from '../statistics.ts';
import {
  comparison,
  firstSight,
  firstSightOfWanted,
  goTextparse,
  npmParser,
  repeatedPages,
  type Contender,
} from './contenders.ts';
import { nextPage } from './page-variants.ts';
import { wholeScrape } from './whole-scrape.ts';

const PAGE = new URL(
  '../../../conformance/vectors/formats/pages/kube-apiserver-1.37.txt',
  import.meta.url,
);
/** Shares of lines whose values differ from one page to the next; the goal is about the one in the middle. */
const SHARES = [0, 0.1, 1];
const GOAL_SHARE = 0.1;
const VARIANTS = 4;

/** Two ways to read the same pages. */
interface Pair {
  readonly what: string;
  readonly ours: Contender;
  readonly peer: Contender;
  /** How many times as fast ours is to be; undefined for information. */
  readonly goal: number | undefined;
}

/** What it costs to read a page, at first sight and again. */
export const expositionBenchmark: Benchmark = {
  name: 'exposition',
  summary: "reading expositions: first and repeated pages, beside npm's parser, Go's and memcmp",
  obstacle: () => {
    if (process.platform !== 'linux') return 'reads CPU times from /proc: run it on Linux';
    const hasPrometheus =
      spawnSync('prometheus', ['--version'], { stdio: 'ignore' }).error === undefined;
    if (!hasPrometheus) return 'needs Prometheus: apt-get install prometheus';
    try {
      findGo();
      return undefined;
    } catch (error) {
      return String(error);
    }
  },
  run: async (settings) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellows-bench-'));
    try {
      return await measure(settings, folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure({ rounds, seconds }: BenchSettings, folder: string): Promise<BenchRow[]> {
  const page = await readFile(fileURLToPath(PAGE));
  const program = buildExpositionOracle(findGo());
  const npm = npmParser(page);
  const pairs: Pair[] = [
    { what: 'first sight, objects with labels', ours: firstSight(page), peer: npm, goal: 3 },
    {
      what: 'first sight, wanted series only',
      ours: firstSightOfWanted(page),
      peer: npm,
      goal: 10,
    },
  ];
  for (const share of SHARES) {
    const pages = Array.from({ length: VARIANTS }, (_, seed) => nextPage(page, share, seed));
    const files = await writePages(folder, share, pages);
    pairs.push({
      what: `repeated page, all kept, ${share * 100} % of values new`,
      ours: repeatedPages(pages),
      peer: goTextparse(program, files),
      goal: share === GOAL_SHARE ? 10 : undefined,
    });
  }
  const memory = comparison(page);
  const all = new Map<Contender, number[]>();
  for (const contender of [...new Set(pairs.flatMap(({ ours, peer }) => [ours, peer])), memory]) {
    all.set(contender, []);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [contender, figures] of all) figures.push(contender.measure(seconds));
  }
  const rows = pairs.map((pair) => rowOf(pair, all, page.length));
  return [
    ...rows,
    information('memcmp (Buffer.compare)', all.get(memory) ?? [], page.length),
    await scrapeRow(page, pairs[3]?.ours, all, seconds),
    memoryRow(page),
  ];
}

async function writePages(
  folder: string,
  share: number,
  pages: readonly Uint8Array[],
): Promise<string[]> {
  return Promise.all(
    pages.map(async (page, index) => {
      const file = join(folder, `${share}-${index}.txt`);
      await writeFile(file, page);
      return file;
    }),
  );
}

function rowOf(
  { what, ours, peer, goal }: Pair,
  all: ReadonlyMap<Contender, readonly number[]>,
  bytes: number,
): BenchRow {
  const [own, other] = [all.get(ours) ?? [], all.get(peer) ?? []];
  const ratios = own.map((value, round) => (other[round] ?? Number.NaN) / value);
  const middle = median(ratios);
  return {
    what,
    ours: figure(median(own), bytes),
    peer: `${figure(median(other), bytes)}, ${peer.name}`,
    ratio: `${middle.toFixed(1)} (${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)})`,
    goal: goal === undefined ? undefined : `≥ ${goal}`,
    isMet: goal === undefined || middle >= goal,
  };
}

function figure(nanoseconds: number, bytes: number): string {
  return `${(nanoseconds / 1e6).toFixed(2)} ms, ${(bytes / nanoseconds).toFixed(2)} GB/s`;
}

function information(what: string, figures: readonly number[], bytes: number): BenchRow {
  const ours = figure(median(figures), bytes);
  return { what, ours, peer: undefined, ratio: undefined, goal: undefined, isMet: true };
}

async function scrapeRow(
  page: Uint8Array,
  ours: Contender | undefined,
  all: ReadonlyMap<Contender, readonly number[]>,
  seconds: number,
): Promise<BenchRow> {
  const pages = Array.from({ length: VARIANTS }, (_, seed) => nextPage(page, GOAL_SHARE, seed));
  const peer = await wholeScrape(pages, Math.max(5, 2 * seconds));
  const own = median(ours === undefined ? [] : (all.get(ours) ?? []));
  return {
    what: 'not like for like: ours reads the page, Prometheus 2.42 does a whole scrape of it',
    ours: figure(own, page.length),
    peer: figure(peer, page.length),
    ratio: (peer / own).toFixed(0),
    goal: undefined,
    isMet: true,
  };
}

function memoryRow(page: Uint8Array): BenchRow {
  const reader = createPageReader();
  const { series } = reader.read(page, 'text');
  const perSeries = reader.rememberedBytes / series.length;
  return {
    what: 'memory per remembered series, its object not counted',
    ours: `${perSeries.toFixed(0)} B, of which ${(page.length / series.length).toFixed(0)} B are the page`,
    peer: undefined,
    ratio: undefined,
    goal: undefined,
    isMet: true,
  };
}
