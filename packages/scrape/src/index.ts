export { createScraper, DEFAULT_SCRAPE_INTERVAL_MS } from './create-scraper.ts';
export {
  DEFAULT_RATE_WINDOW_SECONDS,
  resolveSource,
  type ResolvedSource,
} from './metric/metric-source.ts';
export {
  createResourceMetrics,
  type ContainerSample,
  type PodResourceUsage,
  type ResourceMetrics,
} from './resource/resource-metrics.ts';
export type {
  MetricSource,
  PodMetric,
  PodMetricQuery,
  ScrapeTarget,
  Scraper,
  ScraperOptions,
} from './scraper.ts';
