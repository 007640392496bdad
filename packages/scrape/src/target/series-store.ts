import { SampleWindow, missing, type Selector } from '@bellows/core';
import type { PageReading } from '@bellows/exposition';
import type { ResolvedSource } from '../metric/metric-source.ts';
import type { SeriesReading } from '../metric/pod-value.ts';
import { checkTimestamps } from './check-timestamps.ts';
import { valueOver, type KeptSeries } from './kept-series.ts';
import { SeriesIndex } from './series-index.ts';

/** Options of {@link SeriesStore}. */
export interface SeriesStoreOptions {
  /** Time between two pages, in milliseconds: says how many samples a window holds. */
  readonly intervalMs: number;
  /** Age from which a page says nothing about now, in milliseconds. */
  readonly staleAfterMs: number;
}

/** What the store says about a source. */
export type StoreReading =
  | { readonly kind: 'series'; readonly readings: readonly SeriesReading[] }
  /** `isAbsent`: the pages of this target do not have the series, so another of the pod's may. */
  | { readonly kind: 'missing'; readonly reason: string; readonly isAbsent: boolean };

/**
 * What one target's pages said of the sources that are kept.
 *
 * Values are those of the last page; a series that is not on it any more is gone. A page that is wrong
 * anywhere changes nothing. When the last page is too old, everything is missing, with the reason of the last
 * failure.
 */
export class SeriesStore {
  readonly #options: SeriesStoreOptions;
  readonly #index: SeriesIndex;
  /** Times of the pages, as far back as the longest window reaches. */
  #pages = new SampleWindow();
  #lastPageAtMs: number | undefined;
  #failure: string | undefined;

  constructor(options: SeriesStoreOptions) {
    this.#options = options;
    this.#index = new SeriesIndex(options.intervalMs);
  }

  /** When the last good page was asked for, in milliseconds since the epoch. */
  get lastPageAtMs(): number | undefined {
    return this.#lastPageAtMs;
  }

  /** Samples kept in windows, of 16 bytes each. */
  get windowSampleCount(): number {
    return this.#pages.length + this.#index.windowSampleCount;
  }

  /** Replaces the sources that are kept; a series that was kept before keeps its samples. */
  keep(sources: readonly ResolvedSource[]): void {
    const maxSamples = this.#index.keep(sources);
    const pages = new SampleWindow({ maxSamples: Math.max(2, maxSamples) });
    for (let index = 0; index < this.#pages.length; index += 1)
      pages.add(this.#pages.atMs(index), 1);
    this.#pages = pages;
  }

  /** Names of the series that are kept. */
  seriesNames(): ReadonlySet<string> {
    return this.#index.names();
  }

  /**
   * Takes what a page said that was asked for at `atMs`.
   *
   * @throws {@link ScrapeError} when a series comes twice, there are too many, a time stamp lies in the future
   *   or a type has changed. Then the page counts for nothing; after a changed type the windows begin anew.
   */
  record(reading: PageReading, atMs: number): void {
    const kept = this.#index.seriesOf(reading);
    checkTimestamps(reading, atMs);
    this.#index.replace(reading.series, kept);
    for (const [index, one] of kept.entries()) {
      const stampMs = reading.timestampsMs?.[index] ?? Number.NaN;
      one.value = reading.values[index] ?? Number.NaN;
      one.atMs = stampMs < atMs ? stampMs : atMs;
      one.window?.add(one.atMs, one.value);
    }
    this.#pages.add(atMs, 1);
    this.#lastPageAtMs = atMs;
    this.#failure = undefined;
  }

  /** Takes note that a page could not be had. */
  recordFailure(reason: string): void {
    this.#failure = reason;
  }

  /** What the series that `selector` takes say over the source's window. */
  read(source: ResolvedSource, selector: Selector | undefined, nowMs: number): StoreReading {
    const all = this.#index.get(source.series);
    if (all === undefined) return absent(`${source.series} is not among the series collected`);
    const pageAtMs = this.#lastPageAtMs;
    if (pageAtMs === undefined || nowMs - pageAtMs > this.#options.staleAfterMs) {
      const reason = this.#failure ?? 'not scraped yet';
      return { kind: 'missing', reason, isAbsent: all.length === 0 };
    }
    const series = all.filter(({ labels }) => selector?.matches(labels) ?? true);
    if (series.length === 0) return absent(noSeries(source, all.length));
    return this.#readAll(source, series, { nowMs, pageAtMs });
  }

  #readAll(
    source: ResolvedSource,
    series: readonly KeptSeries[],
    { nowMs, pageAtMs }: { readonly nowMs: number; readonly pageAtMs: number },
  ): StoreReading {
    const windowMs = source.windowSeconds * 1000;
    const observedFromMs = this.#pages.atMs(this.#pages.indexFrom(pageAtMs - windowMs));
    const readings: SeriesReading[] = [];
    let reason: string | undefined;
    for (const one of series) {
      const ageMs = nowMs - one.atMs;
      const value =
        ageMs > this.#options.staleAfterMs
          ? missing(`${one.name} is stamped ${Math.round(ageMs / 1000)} s ago`)
          : valueOver(source, one, { nowMs: one.atMs, windowMs, observedFromMs });
      if (value.kind === 'value') readings.push({ labels: one.labels, ...value });
      else reason ??= value.reason;
    }
    if (readings.length > 0) return { kind: 'series', readings };
    return { kind: 'missing', reason: reason ?? noSeries(source, 0), isAbsent: false };
  }
}

function noSeries({ series }: ResolvedSource, otherSeries: number): string {
  return otherSeries === 0
    ? `its page has no ${series}`
    : `none of its ${series} series has the labels asked for`;
}

function absent(reason: string): StoreReading {
  return { kind: 'missing', reason, isAbsent: true };
}
