import * as surface from './surface.ts';

export {
  collectDefaultMetrics,
  Counter,
  exponentialBuckets,
  Gauge,
  Histogram,
  linearBuckets,
  openMetricsContentType,
  prometheusContentType,
  register,
  Registry,
  Summary,
  validateMetricName,
} from './surface.ts';
export type { CollectFunction, LabelArguments, Labels, Timer } from '../instruments/instrument.ts';
export type { DefaultMetricsCollectorConfiguration } from './default-metrics.ts';
export type { MetricReading, MetricValue } from './metric-reading.ts';
export type { MetricConfiguration } from './configuration.ts';
export type {
  CounterConfiguration,
  GaugeConfiguration,
  HistogramConfiguration,
  SummaryConfiguration,
} from './metrics.ts';
export type { RegistryContentType } from './registry.ts';

// `import client from 'prom-client'` is what most services have.
export default surface;
