import type { Agent } from 'node:http';
import { BellowsError, type Observed, type Selector } from '@bellows/core';
import type { ResolvedSource } from '../metric/metric-source.ts';
import type { ScrapeTarget } from '../scraper.ts';
import { fetchPage } from './fetch-page.ts';
import { samplesOfPage } from './page-samples.ts';
import { scrapePhaseMs, untilNextScrapeMs } from './scrape-phase.ts';
import { SeriesStore } from './series-store.ts';

/** Options of a {@link TargetScraper}, the same for all targets. */
export interface TargetScraperOptions {
  readonly agent: Agent;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly staleAfterMs: number;
}

/** Scrapes one target at its place in every interval and keeps what was asked for. */
export class TargetScraper {
  readonly #target: ScrapeTarget;
  readonly #options: TargetScraperOptions;
  readonly #phaseMs: number;
  readonly #store: SeriesStore;
  #timer: NodeJS.Timeout | undefined;
  #scrape: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    target: ScrapeTarget,
    sources: readonly ResolvedSource[],
    options: TargetScraperOptions,
  ) {
    this.#target = target;
    this.#options = options;
    this.#phaseMs = scrapePhaseMs(`${target.podUid} ${target.url}`, options.intervalMs);
    this.#store = new SeriesStore(options);
    this.#store.keep(sources);
  }

  get target(): ScrapeTarget {
    return this.#target;
  }

  /** Starts the scrapes; the first comes within one interval. */
  start(): void {
    if (this.#isStopped) return;
    const waitMs = untilNextScrapeMs(Date.now(), this.#phaseMs, this.#options.intervalMs);
    this.#timer = setTimeout(() => {
      this.#scrape = this.#scrapeOnce().then(() => {
        this.start();
      });
    }, waitMs);
  }

  /** Replaces the series that are kept. */
  keep(sources: readonly ResolvedSource[]): void {
    this.#store.keep(sources);
  }

  /** Value of a source over the series that `selector` takes. */
  read(source: ResolvedSource, selector: Selector | undefined, nowMs: number): Observed<number> {
    return this.#store.read(source, selector, nowMs);
  }

  /** Ends the scrapes; resolves when the last one is over, at most its timeout later. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#scrape;
  }

  /** Never rejects: a failure is the target's state until the next success. */
  async #scrapeOnce(): Promise<void> {
    const atMs = Date.now();
    try {
      const page = await fetchPage(this.#target.url, this.#options);
      this.#store.record(samplesOfPage(page, this.#store.seriesNames()), atMs);
    } catch (error) {
      this.#store.recordFailure(failureText(error));
    }
  }
}

function failureText(error: unknown): string {
  if (BellowsError.is(error)) return error.message;
  return `scrape failed: ${error instanceof Error ? error.message : String(error)}`;
}
