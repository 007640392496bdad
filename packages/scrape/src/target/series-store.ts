import {
  CounterWindow,
  missing,
  observedNumber,
  type Observed,
  type Selector,
} from '@bellows/core';
import type { Sample } from '@bellows/exposition';
import type { ResolvedSource } from '../metric/metric-source.ts';

/** More series of one name than this in one pod are not kept: the metric is missing, and says so. */
const MAX_SERIES = 2000;

interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** The samples of a counter; undefined for a value. */
  readonly window: CounterWindow | undefined;
}

interface KeptSource {
  readonly source: ResolvedSource;
  /** By labels; only those of the last page. */
  series: Map<string, Series>;
  isTooMany: boolean;
}

/** Options of {@link SeriesStore}. */
export interface SeriesStoreOptions {
  /** Time between two pages, in milliseconds: says how many samples a window holds. */
  readonly intervalMs: number;
  /** Age from which a page says nothing about now, in milliseconds. */
  readonly staleAfterMs: number;
}

/**
 * What one target's pages said of the sources that are kept.
 *
 * Values are those of the last page; a series that is not on it any more is gone. When the last page is
 * too old, everything is missing, with the reason of the last failure.
 */
export class SeriesStore {
  readonly #options: SeriesStoreOptions;
  #sources: readonly KeptSource[] = [];
  #lastPageAtMs: number | undefined;
  #failure: string | undefined;

  constructor(options: SeriesStoreOptions) {
    this.#options = options;
  }

  /** Replaces the sources that are kept; one that was kept before keeps its samples. */
  keep(sources: readonly ResolvedSource[]): void {
    this.#sources = sources.map(
      (source) => this.#find(source) ?? { source, series: new Map(), isTooMany: false },
    );
  }

  /** Names of the series that are kept. */
  seriesNames(): ReadonlySet<string> {
    return new Set(this.#sources.map(({ source }) => source.series));
  }

  /** Takes the samples of a page that was asked for at `atMs`; those of other series are left out. */
  record(samples: readonly Sample[], atMs: number): void {
    const before = this.#sources.map(({ series }) => series);
    for (const kept of this.#sources) {
      kept.series = new Map();
      kept.isTooMany = false;
    }
    for (const sample of samples) {
      for (const [index, kept] of this.#sources.entries()) {
        if (kept.source.series !== sample.name) continue;
        if (kept.series.size < MAX_SERIES) this.#keepSample(kept, before[index], sample, atMs);
        else kept.isTooMany = true;
      }
    }
    this.#lastPageAtMs = atMs;
    this.#failure = undefined;
  }

  /** Takes note that a page could not be had. */
  recordFailure(reason: string): void {
    this.#failure = reason;
  }

  /** The sum over the series that `selector` takes; missing when there is none, or none with a value. */
  read(source: ResolvedSource, selector: Selector | undefined, nowMs: number): Observed<number> {
    const kept = this.#find(source);
    if (kept === undefined) return missing(`${source.series} is not among the series collected`);
    const atMs = this.#lastPageAtMs;
    if (atMs === undefined || nowMs - atMs > this.#options.staleAfterMs) {
      return missing(this.#failure ?? 'not scraped yet');
    }
    if (kept.isTooMany) return missing(`more than ${MAX_SERIES} series of ${source.series}`);
    const series = [...kept.series.values()].filter(
      ({ labels }) => selector?.matches(labels) ?? true,
    );
    if (series.length === 0) return missing(noSeries(source, kept.series.size));
    return sum(series, source, atMs);
  }

  #keepSample(
    { source, series }: KeptSource,
    before: ReadonlyMap<string, Series> | undefined,
    { labels, value }: Sample,
    atMs: number,
  ): void {
    const key = seriesKey(labels);
    if (source.as === 'value') {
      series.set(key, { labels, value, window: undefined });
      return;
    }
    // Both ends of a window that is full, and one for a page that comes early.
    const maxSamples = Math.ceil((source.windowSeconds * 1000) / this.#options.intervalMs) + 2;
    const window = before?.get(key)?.window ?? new CounterWindow({ maxSamples });
    window.add(atMs, value);
    series.set(key, { labels, value, window });
  }

  #find({ series, as, windowSeconds }: ResolvedSource): KeptSource | undefined {
    return this.#sources.find(
      ({ source }) =>
        source.series === series && source.as === as && source.windowSeconds === windowSeconds,
    );
  }
}

/** Labels in any order name one series. */
function seriesKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sum(series: readonly Series[], source: ResolvedSource, atMs: number): Observed<number> {
  if (source.as === 'value') {
    return observedNumber(
      series.reduce((total, { value }) => total + value, 0),
      atMs,
    );
  }
  const rates = series.flatMap(({ window }) => {
    const rate = window?.rate({ nowMs: atMs, windowMs: source.windowSeconds * 1000 });
    return rate?.kind === 'value' ? [rate.value] : [];
  });
  if (rates.length === 0) return missing(`${source.series} needs a second scrape for its rate`);
  return observedNumber(
    rates.reduce((total, rate) => total + rate, 0),
    atMs,
  );
}

function noSeries({ series }: ResolvedSource, otherSeries: number): string {
  return otherSeries === 0
    ? `its page has no ${series}`
    : `none of its ${series} series has the labels asked for`;
}
