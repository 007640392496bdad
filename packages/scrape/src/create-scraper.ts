import { Agent as HttpsAgent } from 'node:https';
import {
  BellowsError,
  missing,
  Selector,
  selectorFromLabelSelector,
  type Observed,
} from '@bellows/core';
import type { MetricFamily } from '@bellows/exposition';
import { keptAs, resolveSource, type ResolvedSource } from './metric/metric-source.ts';
import { podValue, type SeriesReading } from './metric/pod-value.ts';
import { normalizeOptions } from './normalize-options.ts';
import type {
  PodMetric,
  PodMetricQuery,
  ScrapeTarget,
  Scraper,
  ScraperOptions,
} from './scraper.ts';
import { ScrapeTotals } from './self/scrape-totals.ts';
import { targetFamilies } from './self/target-families.ts';
import { createTargetLog } from './self/target-log.ts';
import { PageAgent } from './target/page-agent.ts';
import { PageBuffers } from './target/page-buffers.ts';
import { ReadingTurns } from './target/reading-turns.ts';
import type { StoreReading } from './target/series-store.ts';
import { TargetScraper, type TargetScraperOptions } from './target/target-scraper.ts';

/**
 * Creates a scraper without targets or metrics; it does no I/O before `start`.
 *
 * Each target is scraped at its own place in the interval, over a connection of its own that is kept alive. Only
 * series that a metric of `setMetrics` needs are kept.
 *
 * @throws BellowsError `ERR_CORE_ARGUMENT` for a number that is not above 0 and below 2³¹.
 */
export function createScraper(options: ScraperOptions = {}): Scraper {
  return new PodScraper(options);
}

type PodReader = (scrapers: readonly TargetScraper[]) => Observed<number>;

class PodScraper implements Scraper {
  readonly #options: TargetScraperOptions;
  readonly #totals = new ScrapeTotals();
  /** By pod uid and URL, in target order. */
  #targets = new Map<string, TargetScraper>();
  /** By pod uid, in the order of their first targets. */
  #pods: ReadonlyMap<string, readonly TargetScraper[]> = new Map();
  /** What is kept of targets that do not say so themselves. */
  #sources: readonly ResolvedSource[] = [];
  #isRunning = false;
  readonly #endings = new Set<Promise<void>>();
  readonly #log: ReturnType<typeof createTargetLog>;

  constructor(options: ScraperOptions) {
    this.#log = createTargetLog(options.targetChanged);
    this.#options = {
      ...normalizeOptions(options),
      agents: createAgents(options),
      buffers: new PageBuffers(),
      turns: new ReadingTurns(),
      bearerToken: (namespace) => options.bearerTokens?.get(namespace)?.(),
      scraped: (outcome) => {
        this.#totals.add(outcome);
        this.#log.add(outcome);
      },
    };
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (const target of this.#targets.values()) target.start();
  }

  setMetrics(metrics: readonly PodMetricQuery[]): void {
    this.#sources = resolveAll(metrics);
    for (const scraper of this.#targets.values()) {
      if (scraper.target.metrics === undefined) scraper.keep(this.#sources);
    }
  }

  setTargets(targets: readonly ScrapeTarget[]): void {
    const before = this.#targets;
    for (const { url } of targets) checkUrl(url);
    this.#targets = new Map(
      targets.map((target) => {
        const key = `${target.podUid} ${target.url}`;
        const known = before.get(key);
        if (known === undefined) return [key, this.#addTarget(target)];
        this.#change(known, target);
        return [key, known];
      }),
    );
    this.#pods = byPod(this.#targets.values());
    for (const [key, target] of before) if (!this.#targets.has(key)) this.#end(target);
  }

  podMetric(
    query: PodMetricQuery,
    nowMs: number,
    podUids: Iterable<string> = this.#pods.keys(),
  ): readonly PodMetric[] {
    const source = resolveSource(query.name, query.source);
    const read = readerOf(query, source, nowMs);
    const { windowSeconds } = source;
    return [...podUids].flatMap((podUid) => {
      const scrapers = this.#pods.get(podUid);
      const [first] = scrapers ?? [];
      if (scrapers === undefined || first === undefined) return [];
      const { podName, namespace } = first.target;
      return {
        podName,
        podUid,
        ...(namespace !== undefined && { namespace }),
        value: read(scrapers),
        windowSeconds,
      };
    });
  }

  metrics(nowMs: number): readonly MetricFamily[] {
    const scrapers = [...this.#targets.values()];
    const samples = scrapers.reduce((sum, { windowSampleCount }) => sum + windowSampleCount, 0);
    const gauge = (name: string, help: string, value: number): MetricFamily => ({
      name,
      type: 'gauge',
      help,
      samples: [{ name, labels: {}, value }],
    });
    return [
      ...this.#totals.families(),
      gauge('bellows_scrape_targets', 'Targets that are scraped.', scrapers.length),
      gauge('bellows_scrape_window_samples', 'Samples kept, of 16 bytes each.', samples),
      ...targetFamilies(scrapers, nowMs),
    ];
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.setTargets([]);
    // Ends the connections, and with them the scrapes under way.
    this.#options.agents.http.destroy();
    this.#options.agents.https.destroy();
    await Promise.all(this.#endings);
  }

  #change(scraper: TargetScraper, target: ScrapeTarget): void {
    const { metrics } = scraper.target;
    scraper.target = target;
    if (target.metrics === metrics) return;
    scraper.keep(target.metrics === undefined ? this.#sources : resolveAll(target.metrics));
  }

  #addTarget(target: ScrapeTarget): TargetScraper {
    const { metrics } = target;
    const sources = metrics === undefined ? this.#sources : resolveAll(metrics);
    const scraper = new TargetScraper(target, sources, this.#options);
    if (this.#isRunning) scraper.start();
    return scraper;
  }

  #end(scraper: TargetScraper): void {
    this.#log.forget(scraper.target);
    const ending = scraper.stop().finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }
}

function readerOf(
  { name, selector }: PodMetricQuery,
  source: ResolvedSource,
  nowMs: number,
): PodReader {
  try {
    const wanted =
      selector === undefined || selector instanceof Selector
        ? selector
        : selectorFromLabelSelector(selector);
    return (scrapers) =>
      scrapers.some((scraper) => scraper.keeps(source))
        ? readPod(
            source,
            scrapers.map((scraper) => scraper.read(source, wanted, nowMs)),
          )
        : missing(`metric ${name} is not among those collected`);
  } catch (error) {
    if (!BellowsError.is(error)) throw error;
    return () => missing(error.message);
  }
}

function byPod(scrapers: Iterable<TargetScraper>): Map<string, TargetScraper[]> {
  const pods = new Map<string, TargetScraper[]>();
  for (const scraper of scrapers) {
    const { podUid } = scraper.target;
    const others = pods.get(podUid);
    if (others === undefined) pods.set(podUid, [scraper]);
    else others.push(scraper);
  }
  return pods;
}

/** A target that had the series and fails now makes its pod's value missing: the rest would be too little. */
function readPod(source: ResolvedSource, all: readonly StoreReading[]): Observed<number> {
  const readings: SeriesReading[] = [];
  let reason: string | undefined;
  for (const reading of all) {
    if (reading.kind === 'series') readings.push(...reading.readings);
    else if (!reading.isAbsent) return missing(reading.reason);
    else reason ??= reading.reason;
  }
  if (readings.length === 0) return missing(reason ?? 'not scraped yet');
  return podValue(source, readings);
}

function createAgents({ tls = {} }: ScraperOptions): TargetScraperOptions['agents'] {
  const { ca, serverName, insecureSkipVerify = false } = tls;
  return {
    http: new PageAgent(),
    https: new HttpsAgent({
      keepAlive: true,
      rejectUnauthorized: !insecureSkipVerify,
      ...(ca !== undefined && { ca }),
      ...(serverName !== undefined && { servername: serverName }),
    }),
  };
}

function checkUrl(url: string): void {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return;
  throw new BellowsError(
    'ERR_CORE_ARGUMENT',
    `Expected the \`url\` of a target to begin with http:// or https://, got ${JSON.stringify(url)}`,
  );
}

/** Each once. */
function resolveAll(metrics: readonly PodMetricQuery[]): readonly ResolvedSource[] {
  const sources = metrics.map(({ name, source }) => resolveSource(name, source));
  return [...new Map(sources.map((source) => [keptAs(source), source])).values()];
}
