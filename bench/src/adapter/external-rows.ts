import { writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@bellows/testkit';
import type { BenchRow } from '../benchmark.ts';
import { quantile } from '../statistics.ts';
import { NAMESPACE } from './cluster.ts';
import { alone } from './rows.ts';
import { read, startServer, type ServerSurroundings } from './servers.ts';

/** Two sources, since one has a thousand metrics at most. */
const SOURCES = ['orders', 'bills'] as const;
const METRICS_EACH = 1000;
const GOAL_P99_MS = 20;
const CONNECTIONS = 20;
const POLL_MS = 50;

/** One question for each of 2,000 external metrics, which are polled from PostgreSQL in the background. */
export async function measureExternal(
  surroundings: Omit<ServerSurroundings, 'config'>,
  token: string,
): Promise<BenchRow[]> {
  await using database = await startPostgres(CONNECTIONS);
  const file = join(surroundings.folder, 'database');
  writeFileSync(file, `postgres://postgres@127.0.0.1:${database.port}/postgres`);
  const names = SOURCES.flatMap((source) =>
    Array.from({ length: METRICS_EACH }, (_, index) => `${source}_${index}`),
  );
  const path = (name: string): string =>
    `/apis/external.metrics.k8s.io/v1beta1/namespaces/${NAMESPACE}/${name}`;
  const server = await startServer(
    'ours',
    { ...surroundings, config: configOf(file) },
    { path: path(names.at(-1) ?? ''), token },
  );
  const agent = new Agent({ keepAlive: true });
  try {
    // The two are polled side by side, each in the order of its metrics.
    const lastOf = (source: string): string => path(`${source}_${METRICS_EACH - 1}`);
    for (const source of SOURCES) {
      while ((await read(`${server.url}${lastOf(source)}`, token, agent)).status !== 200) {
        await sleep(POLL_MS);
      }
    }
    const times: number[] = [];
    for (const name of [...names, ...names]) {
      const sentMs = performance.now();
      const { status, body } = await read(`${server.url}${path(name)}`, token, agent);
      if (status !== 200) throw new Error(`${name} was answered ${status}: ${body.slice(0, 200)}`);
      times.push(performance.now() - sentMs);
    }
    return [
      alone('2,000 external metrics, one at a time: p50, ms', quantile(times, 0.5)),
      alone('2,000 external metrics, one at a time: p99, ms', quantile(times, 0.99), GOAL_P99_MS),
    ];
  } finally {
    agent.destroy();
    await server.stop();
  }
}

function configOf(connectionStringFile: string): string {
  const sources = SOURCES.map((name) => ({
    name,
    postgresql: {
      ...{ connectionStringFile, interval: '30s', timeout: '20s', staleAfter: '5m' },
      metrics: Array.from({ length: METRICS_EACH }, (_, index) => ({
        ...{ name: `${name}_${index}`, query: `SELECT ${index}` },
      })),
    },
  }));
  return JSON.stringify({ rules: [], sources });
}
