import { defaultRegister } from './default-register.ts';
import type { Registry } from './registry.ts';

export { exponentialBuckets, linearBuckets } from './bucket-generators.ts';
export { collectDefaultMetrics } from './default-metrics.ts';
export { Counter, Gauge, Histogram, Summary } from './metrics.ts';
export { openMetricsContentType, prometheusContentType, Registry } from './registry.ts';
export { validateMetricName } from '../instruments/validate-instrument.ts';

/** The registry of metrics that name none. Every kit of this process serves it at its admin port. */
export const register: Registry = defaultRegister();
