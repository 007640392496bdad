import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildKube, startControlPlane } from '@bellows/e2e';
import type { Benchmark } from '../benchmark.ts';
import { startWorker } from '../worker-process.ts';
import { preparePods } from './cluster.ts';
import { measureExternal } from './external-rows.ts';
import { machineLacks } from './machine-lacks.ts';
import { measureQuestions } from './question-rows.ts';
import { measureScraping } from './scraped-rows.ts';
import { measureSeries } from './series-rows.ts';

/** No Prometheus is there: what is measured asks none. */
const NOBODY = 'http://127.0.0.1:9';

/** Our adapter beside prometheus-adapter 0.12.0: the same rule, pods, Prometheus and API server. */
export const adapterBenchmark: Benchmark = {
  name: 'adapter',
  summary: 'answers, start and memory, beside prometheus-adapter 0.12.0; scraped and polled values',
  obstacle: machineLacks,
  run: async (settings) => {
    const folder = mkdtempSync(join(tmpdir(), 'bellows-bench-'));
    const targets = await startWorker(new URL('../scrape/run-targets.js', import.meta.url));
    const plane = await startControlPlane({ kube: await buildKube() });
    try {
      const token = await preparePods(plane, targets.port);
      const parts = { folder, kubeconfig: plane.info.kubeconfig };
      const alone = { ...parts, prometheusUrl: NOBODY };
      return [
        ...(await measureQuestions(parts, token, settings)),
        ...(await measureSeries(parts, token)),
        ...(await measureScraping(alone, token, targets)),
        ...(await measureExternal(alone, token)),
      ];
    } finally {
      await plane.stop();
      await targets.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
