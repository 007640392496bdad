import { PROFILE_1_37, type MetricReading, type MetricSpec } from '@bellows/hpa';
import type { MetricContext, MetricInput } from '../src/metrics/metric-context.ts';
import { NOW_MS, readyPods } from './samples.ts';

/** A reconcile of three ready pods. */
export function metricContext(changes: Partial<MetricContext> = {}): MetricContext {
  return {
    namespace: 'default',
    currentReplicas: 3,
    statusReplicas: 3,
    pods: readyPods(3),
    tolerances: { downRatio: 0.1, upRatio: 0.1 },
    profile: PROFILE_1_37,
    nowMs: NOW_MS,
    ...changes,
  };
}

/** The first metric of a spec with its reading. */
export function metricInput(spec: MetricSpec, reading: MetricReading): MetricInput {
  return { spec, reading, index: 0 };
}

/** CPU and memory use of so many pods, the same for each. */
export function resourceReading(count: number, usage: string): MetricReading {
  return {
    kind: 'resource',
    pods: Array.from({ length: count }, (_, index) => ({
      pod: `shop-${index}`,
      atMs: NOW_MS - 1000,
      windowMs: 15_000,
      containers: [{ name: 'app', usage }],
    })),
  };
}

/** A call that failed. */
export const FAILED: MetricReading = { kind: 'failed', error: 'down' };
