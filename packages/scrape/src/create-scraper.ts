import { Agent } from 'node:http';
import { BellowsError, missing, selectorFromLabelSelector, type Observed } from '@bellows/core';
import { resolveSource, type ResolvedSource } from './metric/metric-source.ts';
import type {
  PodMetric,
  PodMetricQuery,
  ScrapeTarget,
  Scraper,
  ScraperOptions,
} from './scraper.ts';
import { TargetScraper, type TargetScraperOptions } from './target/target-scraper.ts';

const DEFAULT_INTERVAL_MS = 1000;
const DEFAULT_TIMEOUT_MS = 900;
const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;
const DEFAULT_STALE_AFTER_MS = 5000;
/** Longest time a timer can wait, in milliseconds; beyond, it would fire at once. */
const MAX_OPTION = 2 ** 31;

/**
 * Creates a scraper without targets or metrics; it does no I/O before `start`.
 *
 * Each target is scraped at its own place in the interval. Only series that a metric of `setMetrics`
 * needs are kept.
 *
 * @throws BellowsError `ERR_CORE_ARGUMENT` for an option that is not above 0 and below 2³¹.
 */
export function createScraper(options: ScraperOptions = {}): Scraper {
  return new PodScraper(normalizeOptions(options));
}

class PodScraper implements Scraper {
  readonly #options: TargetScraperOptions;
  /** By pod uid and URL, in target order. */
  #targets = new Map<string, TargetScraper>();
  #sources = new Map<string, ResolvedSource>();
  #isRunning = false;
  readonly #endings = new Set<Promise<void>>();

  constructor(options: Omit<TargetScraperOptions, 'agent'>) {
    this.#options = { ...options, agent: new Agent({ keepAlive: true }) };
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (const target of this.#targets.values()) target.start();
  }

  setMetrics(metrics: readonly PodMetricQuery[]): void {
    const sources = metrics.map(({ name, source }) => resolveSource(name, source));
    this.#sources = new Map(sources.map((source) => [sourceKey(source), source]));
    for (const target of this.#targets.values()) target.keep([...this.#sources.values()]);
  }

  setTargets(targets: readonly ScrapeTarget[]): void {
    const before = this.#targets;
    this.#targets = new Map(
      targets.map((target) => {
        const key = `${target.podUid} ${target.url}`;
        return [key, before.get(key) ?? this.#addTarget(target)];
      }),
    );
    for (const [key, target] of before) if (!this.#targets.has(key)) this.#end(target);
  }

  podMetric(query: PodMetricQuery, nowMs: number): readonly PodMetric[] {
    const source = resolveSource(query.name, query.source);
    const read = this.#reader(query, source, nowMs);
    return [...this.#targets.values()].map((scraper) => ({
      podName: scraper.target.podName,
      value: read(scraper),
      windowSeconds: source.windowSeconds,
    }));
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.setTargets([]);
    // Ends the connections, and with them the scrapes under way.
    this.#options.agent.destroy();
    await Promise.all(this.#endings);
  }

  #reader(
    { name, selector }: PodMetricQuery,
    source: ResolvedSource,
    nowMs: number,
  ): (scraper: TargetScraper) => Observed<number> {
    if (!this.#sources.has(sourceKey(source))) {
      return () => missing(`metric ${name} is not among those collected`);
    }
    try {
      const wanted = selector === undefined ? undefined : selectorFromLabelSelector(selector);
      return (scraper) => scraper.read(source, wanted, nowMs);
    } catch (error) {
      if (!BellowsError.is(error)) throw error;
      return () => missing(error.message);
    }
  }

  #addTarget(target: ScrapeTarget): TargetScraper {
    const scraper = new TargetScraper(target, [...this.#sources.values()], this.#options);
    if (this.#isRunning) scraper.start();
    return scraper;
  }

  #end(target: TargetScraper): void {
    const ending = target.stop().finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }
}

function sourceKey({ series, as, windowSeconds }: ResolvedSource): string {
  return `${series} ${as} ${windowSeconds}`;
}

function normalizeOptions(options: ScraperOptions): Omit<TargetScraperOptions, 'agent'> {
  const normalized = {
    intervalMs: options.intervalMs ?? DEFAULT_INTERVAL_MS,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    staleAfterMs: options.staleAfterMs ?? DEFAULT_STALE_AFTER_MS,
  };
  for (const [name, value] of Object.entries(normalized)) {
    if (!(value > 0 && value < MAX_OPTION)) {
      throw new BellowsError(
        'ERR_CORE_ARGUMENT',
        `Expected \`${name}\` to be above 0 and below ${MAX_OPTION}, got ${value}`,
      );
    }
  }
  return normalized;
}
