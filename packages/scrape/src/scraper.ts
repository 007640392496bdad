import type { LabelSelector, MetricSource, Observed } from '@bellows/core';

/** A pod's metrics endpoint. */
export interface ScrapeTarget {
  /** The name that its values are reported under; with the uid it tells a pod from its namesake. */
  readonly podName: string;
  /** `metadata.uid`: a new uid at the same URL is a new target without samples. */
  readonly podUid: string;
  /** The whole `http://` address of the page, such as `http://127.9.8.7:9464/metrics`. */
  readonly url: string;
}

/** Options of {@link createScraper}. */
export interface ScraperOptions {
  /** Time between two scrapes of a target, in milliseconds. @defaultValue 1000 */
  readonly intervalMs?: number;
  /** A scrape that takes longer is a failed one. @defaultValue 900 */
  readonly timeoutMs?: number;
  /** Largest page that is read, in bytes. @defaultValue 4 MiB */
  readonly maxBytes?: number;
  /**
   * A value whose last scrape is older is missing, in milliseconds: a pod that stopped answering says
   * nothing about now.
   *
   * @defaultValue 5000
   */
  readonly staleAfterMs?: number;
}

/** A Pods metric as an HPA names it. */
export interface PodMetricQuery {
  /** The name in the HPA; the series on the page may be called otherwise, see {@link MetricSource.series}. */
  readonly name: string;
  /** Series of the pod that count, by their labels. @defaultValue all */
  readonly selector?: LabelSelector;
  /** Where its value comes from. @defaultValue what the name says, see {@link MetricSource} */
  readonly source?: MetricSource;
}

/** One pod's value of a metric. */
export interface PodMetric {
  /** The target's `podName`. */
  readonly podName: string;
  /** The value, with the time of the sample it comes from. */
  readonly value: Observed<number>;
  /** Window the value covers, in seconds; 0 for a gauge. */
  readonly windowSeconds: number;
}

/** Scrapes pods and answers questions about them. */
export interface Scraper {
  /** Starts to scrape the targets, those set later too, each within one interval. A second call does nothing. */
  start(): void;
  /**
   * Replaces the metrics that are kept; all else on the pages is dropped. A metric that was kept before
   * keeps its samples.
   */
  setMetrics(metrics: readonly PodMetricQuery[]): void;
  /** Replaces the targets: a pod that is gone is forgotten at once. */
  setTargets(targets: readonly ScrapeTarget[]): void;
  /**
   * A Pods metric of each target, in target order. A pod without data is missing with its reason,
   * never zero; several series of one pod that match are summed. A metric that `setMetrics` did not
   * name is missing everywhere.
   */
  podMetric(metric: PodMetricQuery, nowMs: number): readonly PodMetric[];
  /** Ends all timers and connections. Idempotent. */
  stop(): Promise<void>;
}
