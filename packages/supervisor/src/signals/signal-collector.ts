import type { Missing } from '@bellows/core';
import type { MetricSpec } from '@bellows/hpa';
import type { ContainerUsage, PodStatus } from '@bellows/kubelet';
import { metricOverrides, type HorizontalPodAutoscaler } from '@bellows/manifest';
import type { ScrapeTarget, Scraper } from '@bellows/scrape';
import { podMetricQuery, type MetricSources } from '../autoscaler/metric-readings.ts';
import { scrapeTarget } from './scrape-target.ts';
import { createUsageSampler } from './usage-sampler.ts';

/** Options of {@link createSignalCollector}. */
export interface SignalCollectorOptions {
  /** What they ask for is collected, and nothing else. */
  readonly autoscalers: readonly HorizontalPodAutoscaler[];
  readonly scraper: Scraper;
  /** Cumulative usage of a pod's containers, by uid. */
  readonly usage: (podUid: string) => readonly ContainerUsage[];
}

/** Collects what the HPAs need to know of the pods. */
export interface SignalCollector {
  start(): void;
  /** Takes all pods there are: scrapes those that run, forgets those that are gone. */
  setPods(pods: readonly PodStatus[]): void;
  /** Takes samples of the pods' CPU and memory, if an HPA asks for them; call it every second. */
  sampleUsage(pods: readonly PodStatus[], nowMs: number): void;
  /** Where an HPA's metrics are read. */
  sourcesOf(autoscaler: HorizontalPodAutoscaler): MetricSources;
  stop(): Promise<void>;
}

/**
 * Creates a collector for some HPAs.
 *
 * @throws {@link BellowsError} `ERR_MANIFEST_ANNOTATION` when a `bellows.dev/metrics` cannot be read.
 */
export function createSignalCollector(options: SignalCollectorOptions): SignalCollector {
  const { autoscalers, scraper } = options;
  const sampler = createUsageSampler(options.usage);
  const overrides = new Map(
    autoscalers.map((autoscaler) => [autoscaler, metricOverrides(autoscaler)]),
  );
  const queries = [...overrides].flatMap(([{ spec }, sourceOf]) =>
    (spec.metrics ?? []).flatMap(({ pods }) =>
      pods === undefined ? [] : [podMetricQuery(pods.metric, sourceOf)],
    ),
  );
  const needsScrapes = queries.length > 0;
  const needsUsage = autoscalers.some(({ spec }) => spec.metrics?.some(isResourceMetric));
  return {
    start() {
      scraper.setMetrics(queries);
      scraper.start();
    },
    setPods(pods) {
      if (needsScrapes) scraper.setTargets(pods.map(scrapeTarget).filter(isTarget));
      if (needsUsage) sampler.retain(new Set(pods.map(({ metadata }) => metadata.uid)));
    },
    sampleUsage(pods, nowMs) {
      if (needsUsage) sampler.sample(pods, nowMs);
    },
    sourcesOf: (autoscaler) => ({
      podMetric: (query, nowMs) => scraper.podMetric(query, nowMs),
      podUsage: (podUid, nowMs) => sampler.podUsage(podUid, nowMs),
      overrides: overrides.get(autoscaler) ?? new Map(),
    }),
    stop: () => scraper.stop(),
  };
}

function isTarget(target: ScrapeTarget | Missing): target is ScrapeTarget {
  return 'url' in target;
}

function isResourceMetric({ resource, containerResource }: MetricSpec): boolean {
  return resource !== undefined || containerResource !== undefined;
}
