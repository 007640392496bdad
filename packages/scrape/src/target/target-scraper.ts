import type { Agent } from 'node:http';
import { BellowsError, type Selector } from '@bellows/core';
import { createPageReader, type PageReader } from '@bellows/exposition';
import { keptAs, type ResolvedSource } from '../metric/metric-source.ts';
import type { ScrapeTarget } from '../scraper.ts';
import { backOffIntervals } from './back-off.ts';
import { fetchPage } from './fetch-page.ts';
import type { PageBuffers } from './page-buffers.ts';
import type { ReadingTurns } from './reading-turns.ts';
import { ScrapeError } from './scrape-error.ts';
import { nextDueMs, scrapePhaseMs } from './scrape-phase.ts';
import { SeriesStore, type StoreReading } from './series-store.ts';
import type { TargetFailure, TargetState } from './target-state.ts';

/** Options of a {@link TargetScraper}, the same for all targets. */
export interface TargetScraperOptions {
  readonly agents: { readonly http: Agent; readonly https: Agent };
  readonly buffers: PageBuffers;
  readonly turns: ReadingTurns;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly staleAfterMs: number;
  readonly maxSeries: number;
  readonly maxBackOffMs: number;
  readonly bearerToken: (namespace: string) => string | undefined;
  /** Told after each scrape. */
  readonly scraped: (outcome: ScrapeOutcome) => void;
}

/** One scrape that is over. */
export interface ScrapeOutcome {
  readonly target: ScrapeTarget;
  /** From when it was due to when it began, in seconds. */
  readonly latenessSeconds: number;
  readonly durationSeconds: number;
  /** Undefined for a good page. */
  readonly failure: TargetFailure | undefined;
}

/** Scrapes one target at its place in every interval and keeps what was asked for. */
export class TargetScraper {
  /** Its pod and URL stay the same. */
  target: ScrapeTarget;
  readonly #url: URL;
  readonly #options: TargetScraperOptions;
  readonly #phaseMs: number;
  readonly #store: SeriesStore;
  readonly #reader: PageReader;
  #kept: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | undefined;
  #scrape: Promise<void> | undefined;
  #isStopped = false;
  #failures = 0;
  #state: Omit<TargetState, 'lastPageAtMs'> = {
    isUp: undefined,
    durationSeconds: undefined,
    failure: undefined,
  };

  constructor(
    target: ScrapeTarget,
    sources: readonly ResolvedSource[],
    options: TargetScraperOptions,
  ) {
    this.target = target;
    this.#url = new URL(target.url);
    this.#options = options;
    this.#phaseMs = scrapePhaseMs(`${target.podUid} ${target.url}`, options.intervalMs);
    this.#store = new SeriesStore(options);
    const { maxBytes, maxSeries } = options;
    this.#reader = createPageReader({ maxSeries, limits: { maxBodyBytes: maxBytes } });
    this.keep(sources);
  }

  get state(): TargetState {
    return { ...this.#state, lastPageAtMs: this.#store.lastPageAtMs };
  }

  /** Samples kept in windows, of 16 bytes each. */
  get windowSampleCount(): number {
    return this.#store.windowSampleCount;
  }

  /** Starts the scrapes; the first comes within one interval. */
  start(): void {
    this.#scheduleAt(nextDueMs(Date.now(), this.#phaseMs, this.#options.intervalMs));
  }

  /** Replaces the series that are kept. */
  keep(sources: readonly ResolvedSource[]): void {
    this.#kept = new Set(sources.map(keptAs));
    this.#store.keep(sources);
    this.#reader.want(this.#store.seriesNames());
  }

  /** Whether what the source needs is kept. */
  keeps(source: ResolvedSource): boolean {
    return this.#kept.has(keptAs(source));
  }

  /** What the series that `selector` takes say over the source's window. */
  read(source: ResolvedSource, selector: Selector | undefined, nowMs: number): StoreReading {
    return this.#store.read(source, selector, nowMs);
  }

  /** Ends the scrapes; resolves when the last one is over, at most its timeout later. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#scrape;
  }

  #scheduleAt(dueMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#scrape = this.#scrapeOnce(dueMs).then(() => {
        this.#scheduleAt(this.#dueAfter(dueMs));
      });
    }, dueMs - Date.now());
  }

  /** A scrape that took too long leaves its places out; a clock that was set back is followed. */
  #dueAfter(lastDueMs: number): number {
    const { intervalMs, maxBackOffMs } = this.#options;
    const nowMs = Date.now();
    // A timer may come a moment early: then the place just used would be the next one.
    const fromMs = nowMs < lastDueMs && lastDueMs - nowMs < intervalMs ? lastDueMs : nowMs;
    const skipped = backOffIntervals(this.#failures, intervalMs, maxBackOffMs) - 1;
    return nextDueMs(fromMs, this.#phaseMs, intervalMs) + skipped * intervalMs;
  }

  /** Never rejects: a failure is the target's state until the next success. */
  async #scrapeOnce(dueMs: number): Promise<void> {
    const atMs = Date.now();
    const startedMs = performance.now();
    let failure: TargetFailure | undefined;
    try {
      await this.#takePage(atMs);
      this.#failures = 0;
    } catch (error) {
      failure = failureOf(error);
      this.#failures += 1;
      this.#store.recordFailure(`${this.target.url} ${failure.message}`);
    }
    if (this.#isStopped) return;
    const durationSeconds = (performance.now() - startedMs) / 1000;
    this.#state = { isUp: failure === undefined, durationSeconds, failure };
    const latenessSeconds = Math.max(0, atMs - dueMs) / 1000;
    this.#options.scraped({ target: this.target, latenessSeconds, durationSeconds, failure });
  }

  async #takePage(atMs: number): Promise<void> {
    const { agents, buffers, turns, bearerToken, timeoutMs, maxBytes } = this.#options;
    const { namespace } = this.target;
    const token = namespace === undefined ? undefined : bearerToken(namespace);
    const options = {
      agent: this.#url.protocol === 'https:' ? agents.https : agents.http,
      buffers,
      timeoutMs,
      maxBytes,
      ...(token !== undefined && { bearerToken: token }),
    };
    const reading = await fetchPage(this.#url, options, (bytes, syntax) =>
      turns.run(this.#reader.readInSteps(bytes, syntax)),
    );
    this.#store.record(reading, atMs);
  }
}

function failureOf(error: unknown): TargetFailure {
  if (error instanceof ScrapeError) return { reason: error.reason, message: error.message };
  if (BellowsError.is(error) && error.code === 'ERR_EXPOSITION_LIMIT') {
    return { reason: 'limit', message: `has a page beyond bounds: ${placed(error)}` };
  }
  if (BellowsError.is(error) && error.code === 'ERR_EXPOSITION_SERIES') {
    return { reason: 'series_limit', message: `has too many series: ${placed(error)}` };
  }
  if (BellowsError.is(error)) {
    return { reason: 'syntax', message: `has a page that is not readable: ${placed(error)}` };
  }
  throw error;
}

function placed({ message, place }: BellowsError): string {
  return place?.line === undefined ? message : `line ${place.line}: ${message}`;
}
