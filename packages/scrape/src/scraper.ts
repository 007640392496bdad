import type { LabelSelector, MetricSource, Observed, Selector } from '@bellows/core';
import type { MetricFamily } from '@bellows/exposition';
import type { ScrapeFailureReason } from './target/scrape-error.ts';

/** A pod's metrics endpoint; a pod may have several. */
export interface ScrapeTarget {
  /** The name that its values are reported under; with the uid it tells a pod from its namesake. */
  readonly podName: string;
  /** `metadata.uid`: a new uid at the same URL is a new target without samples. */
  readonly podUid: string;
  /** `metadata.namespace`; without it no token is ever sent. */
  readonly namespace?: string;
  /** The whole `http://` or `https://` address of the page, such as `http://127.9.8.7:9464/metrics`. */
  readonly url: string;
  /**
   * What is kept of this target alone, so that what is asked for of one takes no room in another.
   *
   * @defaultValue what `setMetrics` says
   */
  readonly metrics?: readonly PodMetricQuery[];
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
  /** Most series that are kept of a target; a page with more of those asked for is a failure. @defaultValue 2000 */
  readonly maxSeries?: number;
  /**
   * A target that fails again and again is asked less and less often, at least once in this time, in
   * milliseconds. @defaultValue 10_000
   */
  readonly maxBackOffMs?: number;
  /** How targets with an `https:` address are verified. @defaultValue by the authorities that Node knows */
  readonly tls?: ScraperTls;
  /**
   * Tokens by namespace, asked for before each scrape: its pods, and no others, get `Authorization: Bearer`; none while
   * there is no token.
   *
   * @defaultValue no token is sent
   */
  readonly bearerTokens?: ReadonlyMap<string, () => string | undefined>;
  /** Told when a target begins to fail, fails for another reason, or is well again: for the log. */
  readonly targetChanged?: (change: TargetChange) => void;
}

/** How `https:` targets are verified. */
export interface ScraperTls {
  /** Authorities in PEM, in place of Node's. */
  readonly ca?: string;
  /** The name that certificates are for. @defaultValue the address, which few certificates of pods are for */
  readonly serverName?: string;
  /** Takes any certificate: whoever answers at the pod's address is believed. @defaultValue false */
  readonly insecureSkipVerify?: boolean;
}

/** A target began to fail, fails for another reason, or is well again. */
export interface TargetChange {
  /** Which one. */
  readonly target: ScrapeTarget;
  /** Undefined: it is well again. */
  readonly reason: ScrapeFailureReason | undefined;
  /** One sentence with the target's address. It holds no token; what the target sent is cut short. */
  readonly message: string;
}

/** A Pods metric as an HPA names it. */
export interface PodMetricQuery {
  /** The name in the HPA; the series on the page may be called otherwise, see {@link MetricSource.series}. */
  readonly name: string;
  /** Series of the pod that count, by their labels. @defaultValue all */
  readonly selector?: LabelSelector | Selector;
  /** Where its value comes from. @defaultValue what the name says, see {@link MetricSource} */
  readonly source?: MetricSource;
}

/** One pod's value of a metric. */
export interface PodMetric {
  /** The target's `podName`. */
  readonly podName: string;
  /** The target's `podUid`. */
  readonly podUid: string;
  /** The target's `namespace`, if it has one. */
  readonly namespace?: string;
  /** The value, with the time of the sample it comes from. */
  readonly value: Observed<number>;
  /** Window the value covers, in seconds; 0 for a last value. */
  readonly windowSeconds: number;
}

/** Scrapes pods and answers questions about them. */
export interface Scraper {
  /** Starts to scrape the targets, those set later too, each within one interval. A second call does nothing. */
  start(): void;
  /**
   * Replaces the metrics that are kept of targets that do not say so themselves; all else on the pages is dropped. A
   * metric that was kept before keeps its samples.
   */
  setMetrics(metrics: readonly PodMetricQuery[]): void;
  /**
   * Replaces the targets: a pod that is gone is forgotten at once.
   *
   * @throws BellowsError `ERR_CORE_ARGUMENT` for an address that is none of `http:` or `https:`; the targets
   *   stay as they were.
   */
  setTargets(targets: readonly ScrapeTarget[]): void;
  /**
   * A Pods metric of each pod, in the order of its first target. A pod without data is missing with its reason,
   * never zero; several series of one pod that match are made one as its source says. A metric that is not kept
   * is missing.
   *
   * @param podUids - Of the pods that are asked about. @defaultValue all
   */
  podMetric(
    metric: PodMetricQuery,
    nowMs: number,
    podUids?: readonly string[],
  ): readonly PodMetric[];
  /** What the scraper says of itself and of each target, in order, for a page of metrics. */
  metrics(nowMs: number): readonly MetricFamily[];
  /** Ends all timers and connections. Idempotent. */
  stop(): Promise<void>;
}
