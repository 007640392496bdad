import type { BenchRow } from '../benchmark.ts';
import { startWorker } from '../worker-process.ts';
import { beside, GOAL_MEMORY_MEGABYTES } from './rows.ts';
import { startServer, type ServerSurroundings } from './servers.ts';

const SERIES = [100_000, 1_000_000] as const;
/** Answers what a Prometheus with that many series does, as it is read. */
const MANY_SERIES = new URL(
  '../../../packages/adapter/test/fixtures/many-series.mjs',
  import.meta.url,
);
const CONFIG = `rules:
  - seriesQuery: '{__name__=~"metric_.*",namespace!="",pod!=""}'
    resources: { overrides: { namespace: { resource: namespace }, pod: { resource: pod } } }
    metricsQuery: sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)
`;
const DISCOVERY = '/apis/custom.metrics.k8s.io/v1beta1';

/** Memory of one rule that matches very many series, from the start until they are listed. */
export async function measureSeries(
  surroundings: Omit<ServerSurroundings, 'prometheusUrl' | 'config'>,
  token: string,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const count of SERIES) {
    const prometheus = await startWorker(MANY_SERIES, String(count));
    const prometheusUrl = `http://127.0.0.1:${prometheus.port}`;
    const measure = async (which: 'ours' | 'peer'): Promise<number> => {
      const parts = { ...surroundings, prometheusUrl, config: CONFIG };
      const isIt = ({ body }: { readonly body: string }): boolean =>
        body.includes('"pods/metric_499"');
      const server = await startServer(which, parts, { path: DISCOVERY, token, isIt });
      const peak = server.peakMegabytes();
      await server.stop();
      return peak;
    };
    try {
      const what = `most RSS until ${count.toLocaleString('en')} series are listed, MB`;
      const ours = await measure('ours');
      rows.push(beside(what, ours, await measure('peer'), GOAL_MEMORY_MEGABYTES));
    } finally {
      await prometheus.stop();
    }
  }
  return rows;
}
