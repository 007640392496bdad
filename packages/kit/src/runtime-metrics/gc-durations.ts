import { constants, PerformanceObserver } from 'node:perf_hooks';
import type { MetricRegistry } from '../instruments/metric-registry.ts';
import type { MirrorOptions } from './mirror-families.ts';

/** prom-client 15.1.3's buckets, in seconds. */
const BUCKETS = [0.001, 0.01, 0.1, 1, 2, 5];

const KINDS = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

interface GcEntry {
  /** In milliseconds. */
  readonly duration: number;
  readonly detail: { readonly kind: number };
}

/**
 * Measures the garbage collections of this thread. Unlike prom-client it counts all that are told of at once, and not
 * only the first of them.
 * @returns start and stop of the measurement.
 * @throws BellowsError `ERR_KIT_METRIC` when the name is taken, or for bad buckets.
 */
export function measureGc(
  registry: MetricRegistry,
  {
    prefix = '',
    labels = {},
    gcDurationBuckets = BUCKETS,
  }: MirrorOptions & { readonly gcDurationBuckets?: readonly number[] | undefined } = {},
): { readonly start: () => void; readonly stop: () => void } {
  const durations = registry.histogram<string>({
    name: `${prefix}nodejs_gc_duration_seconds`,
    help: 'Duration of garbage collections of the main thread by their kind.',
    labelNames: ['kind', ...Object.keys(labels)],
    buckets: gcDurationBuckets,
  });
  const series = new Map(
    [...KINDS].map(([code, kind]) => [code, durations.labels({ kind, ...labels })]),
  );
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail, duration } = entry as unknown as GcEntry;
      series.get(detail.kind)?.observe(duration / 1000);
    }
  });
  return {
    start: () => {
      observer.observe({ entryTypes: ['gc'] });
    },
    stop: () => {
      observer.disconnect();
    },
  };
}
