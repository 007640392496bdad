import type { Missing } from '@bellows/core';
import type { MetricSpec } from '@bellows/hpa';
import type { ContainerUsage, PodStatus } from '@bellows/kubelet';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';
import {
  createResourceMetrics,
  type PodMetricQuery,
  type ScrapeTarget,
  type Scraper,
} from '@bellows/scrape';
import { podMetricQuery, type MetricSources } from '../autoscaler/metric-readings.ts';
import { scrapeTarget } from './scrape-target.ts';

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
  /** Takes a sample of the pods' CPU and memory, if an HPA asks for them; call it every second. */
  sampleUsage(pods: readonly PodStatus[]): void;
  /** Where an HPA's metrics are read. */
  sourcesOf(autoscaler: HorizontalPodAutoscaler): MetricSources;
  stop(): Promise<void>;
}

/** Creates a collector for some HPAs. */
export function createSignalCollector(options: SignalCollectorOptions): SignalCollector {
  const { autoscalers, scraper } = options;
  const resources = createResourceMetrics();
  const sources = new Map(
    autoscalers.map((autoscaler) => [
      autoscaler,
      {
        podMetric: (query: PodMetricQuery, nowMs: number) => scraper.podMetric(query, nowMs),
        podUsage: (podUid: string) => resources.podUsage(podUid),
        overrides: new Map(),
      },
    ]),
  );
  const queries = [...sources].flatMap(([{ spec }, { overrides }]) =>
    (spec.metrics ?? []).flatMap(({ pods }) =>
      pods === undefined ? [] : [podMetricQuery(pods.metric, overrides)],
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
      if (needsUsage) resources.retain(pods.map(({ metadata }) => metadata.uid));
    },
    sampleUsage(pods) {
      if (!needsUsage) return;
      for (const pod of pods) {
        if (pod.phase === 'Running') recordUsage(pod);
      }
    },
    sourcesOf(autoscaler) {
      const found = sources.get(autoscaler);
      if (found === undefined) throw new RangeError(`unknown HPA ${autoscaler.metadata.name}`);
      return found;
    },
    stop: () => scraper.stop(),
  };

  function recordUsage(pod: PodStatus): void {
    const startedAtMs = new Map(
      pod.containerStatuses.flatMap(({ name, state }) =>
        state.kind === 'running' ? [[name, state.startedAtMs] as const] : [],
      ),
    );
    const samples = options.usage(pod.metadata.uid).map((usage) => {
      const started = startedAtMs.get(usage.container);
      return { ...usage, ...(started !== undefined && { startedAtMs: started }) };
    });
    resources.record(pod.metadata.uid, samples);
  }
}

function isTarget(target: ScrapeTarget | Missing): target is ScrapeTarget {
  return 'url' in target;
}

function isResourceMetric({ resource, containerResource }: MetricSpec): boolean {
  return resource !== undefined || containerResource !== undefined;
}
