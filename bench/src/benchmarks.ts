import { balancerBenchmark } from './balancer/balancer-benchmark.ts';
import type { Benchmark } from './benchmark.ts';

/** Every benchmark, by its name on the command line. */
export const benchmarks: readonly Benchmark[] = [balancerBenchmark];
