import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchRow } from '../benchmark.ts';
import { processCpuSeconds } from '../process-cpu.ts';
import { quantile } from '../statistics.ts';
import type { WorkerProcess } from '../worker-process.ts';
import { pathOf } from './cluster.ts';
import { alone, GOAL_MEMORY_MEGABYTES } from './rows.ts';
import { read, startServer, type MeasuredServer, type ServerSurroundings } from './servers.ts';

const PODS = 1000;
const CONFIG = `rules: []
sources:
  - name: pods
    pods: { includeLoopback: true }
`;
const GOAL_AGE_SECONDS = 2;
/** Until connections are made and code is compiled. */
const SETTLE_MS = 8_000;
/** Whole seconds that are measured. */
const ASKED = 20;

interface ValueList {
  readonly items: readonly { readonly timestamp: string }[];
}

/** What it costs to scrape 1,000 pods of 200 samples each second, and how old their values are when they are asked for. */
export async function measureScraping(
  surroundings: Omit<ServerSurroundings, 'config'>,
  token: string,
  targets: WorkerProcess,
): Promise<BenchRow[]> {
  const path = pathOf(PODS, 'queue_length');
  const parts = { ...surroundings, config: CONFIG };
  const isIt = ({ body }: { readonly body: string }): boolean => itemsOf(body).length === PODS;
  const server = await startServer('ours', parts, { path, token, isIt });
  try {
    await sleep(SETTLE_MS);
    const cpu = (): number[] => [server.pid, targets.pid].map(processCpuSeconds);
    const [beganMs, before] = [performance.now(), cpu()];
    const ages = await agesOf(server, path, token);
    const seconds = (performance.now() - beganMs) / 1000;
    const [ours = 0, theirs = 0] = cpu().map((value, index) => value - (before[index] ?? 0));
    return [
      alone('1,000 pods each second: most RSS, MB', server.peakMegabytes(), GOAL_MEMORY_MEGABYTES),
      alone('age of their values, p50, s', quantile(ages, 0.5)),
      alone('age of their values, oldest, s', Math.max(...ages), GOAL_AGE_SECONDS),
      alone('CPU of the adapter, % of a core', (ours / seconds) * 100),
      alone('CPU of a pod per scrape, µs', (theirs / seconds / PODS) * 1e6),
    ];
  } finally {
    await server.stop();
  }
}

/** In seconds, of each value, when each of some answers had come. */
async function agesOf(server: MeasuredServer, path: string, token: string): Promise<number[]> {
  const ages: number[] = [];
  for (let asked = 0; asked < ASKED; asked += 1) {
    await sleep(1000);
    const { body } = await read(`${server.url}${path}`, token);
    const items = itemsOf(body);
    if (items.length !== PODS) throw new Error(`${items.length} of ${PODS} pods have a value`);
    const now = Date.now();
    ages.push(...items.map(({ timestamp }) => (now - Date.parse(timestamp)) / 1000));
  }
  return ages;
}

function itemsOf(body: string): ValueList['items'] {
  return body.startsWith('{') ? ((JSON.parse(body) as Partial<ValueList>).items ?? []) : [];
}
