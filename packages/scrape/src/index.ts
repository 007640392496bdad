export {
  createKubernetesTargets,
  type KubernetesTargets,
  type KubernetesTargetsOptions,
} from './discovery/kubernetes-targets.ts';
export type { DiscoveredPod } from './discovery/kubernetes-shapes.ts';
export { podEndpoint, podTarget } from './discovery/pod-endpoint.ts';
export type { PodEndpoint, ScrapablePod, ScrapablePort } from './discovery/scrapable-pod.ts';
export { createScraper } from './create-scraper.ts';
export {
  createResourceMetrics,
  type ContainerResourceUsage,
  type ContainerSample,
  type PodResourceUsage,
  type ResourceMetrics,
} from './resource/resource-metrics.ts';
export type {
  PodMetric,
  PodMetricQuery,
  ScrapeTarget,
  Scraper,
  ScraperOptions,
  ScraperTls,
  TargetChange,
} from './scraper.ts';
export { SCRAPE_FAILURE_REASONS, type ScrapeFailureReason } from './target/scrape-error.ts';
