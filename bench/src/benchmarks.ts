import { adapterBenchmark } from './adapter/adapter-benchmark.ts';
import { adapterScaleBenchmark } from './adapter-scale/adapter-scale-benchmark.ts';
import { balancerBenchmark } from './balancer/balancer-benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { expositionBenchmark } from './exposition/exposition-benchmark.ts';
import { hpaBenchmark } from './hpa/hpa-benchmark.ts';
import { kitGoodputBenchmark } from './kit-goodput/goodput-benchmark.ts';
import { kitMetricsBenchmark } from './kit-metrics/metrics-benchmark.ts';
import { kitRenderBenchmark } from './kit-render/render-benchmark.ts';
import { scrapeBenchmark } from './scrape/scrape-benchmark.ts';
import { reactionBenchmark } from './reaction/reaction-benchmark.ts';
import { drainBenchmarks } from './kit-lifecycle/drain-benchmark.ts';
import { floodBenchmark } from './kit-lifecycle/flood-benchmark.ts';
import { probesBenchmark } from './kit-lifecycle/probes-benchmark.ts';
import { startBenchmark } from './kit-lifecycle/start-benchmark.ts';
import { supervisorIdleBenchmark } from './supervisor/supervisor-idle.ts';
import { upStartBenchmark } from './supervisor/up-start.ts';

/** Every benchmark, by its name on the command line. */
export const benchmarks: readonly Benchmark[] = [
  adapterBenchmark,
  adapterScaleBenchmark,
  balancerBenchmark,
  expositionBenchmark,
  hpaBenchmark,
  ...drainBenchmarks,
  floodBenchmark,
  probesBenchmark,
  startBenchmark,
  kitGoodputBenchmark,
  kitMetricsBenchmark,
  kitRenderBenchmark,
  reactionBenchmark,
  scrapeBenchmark,
  supervisorIdleBenchmark,
  upStartBenchmark,
];
