import { SampleWindow, missing, type Selector } from '@bellows/core';
import type { MetricType, PageReading, PageSeries } from '@bellows/exposition';
import type { ResolvedSource } from '../metric/metric-source.ts';
import type { SeriesReading } from '../metric/pod-value.ts';
import { resized, seriesKey, valueOver, type KeptSeries } from './kept-series.ts';
import { ScrapeError } from './scrape-error.ts';

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

/** A time stamp further ahead is a mistake and not a clock that differs, in milliseconds. */
const MAX_AHEAD_MS = 10_000;
/** Most samples of all windows of a target: 4 MiB. */
const MAX_WINDOW_SAMPLES = 262_144;

const UNTYPED: ReadonlySet<MetricType> = new Set(['untyped', 'unknown']);

interface Wanted {
  /** Most samples of a window; 0 without window. */
  readonly maxSamples: number;
  /** By labels; those of the last page. */
  readonly series: Map<string, KeptSeries>;
}

/**
 * What one target's pages said of the sources that are kept.
 *
 * Values are those of the last page; a series that is not on it any more is gone. A page that is wrong
 * anywhere changes nothing. When the last page is too old, everything is missing, with the reason of the last
 * failure.
 */
export class SeriesStore {
  readonly #options: SeriesStoreOptions;
  /** By the series' name. */
  #wanted = new Map<string, Wanted>();
  /** Times of the pages, as far back as the longest window reaches. */
  #pages = new SampleWindow();
  /** What {@link PageReading.series} was last, and what is kept of it. */
  #lastSeries: readonly PageSeries[] | undefined;
  #kept: readonly KeptSeries[] = [];
  #lastPageAtMs: number | undefined;
  #failure: string | undefined;

  constructor(options: SeriesStoreOptions) {
    this.#options = options;
  }

  /** When the last good page was asked for, in milliseconds since the epoch. */
  get lastPageAtMs(): number | undefined {
    return this.#lastPageAtMs;
  }

  /** Samples kept in windows, of 16 bytes each. */
  get windowSampleCount(): number {
    let count = this.#pages.length;
    for (const { series } of this.#wanted.values())
      for (const { window } of series.values()) count += window?.length ?? 0;
    return count;
  }

  /** Replaces the sources that are kept; a series that was kept before keeps its samples. */
  keep(sources: readonly ResolvedSource[]): void {
    const maxSamplesOf = new Map<string, number>();
    for (const { series, windowSeconds } of sources) {
      const maxSamples = Math.max(maxSamplesOf.get(series) ?? 0, this.#samplesOf(windowSeconds));
      maxSamplesOf.set(series, maxSamples);
    }
    const before = this.#wanted;
    this.#wanted = new Map(
      [...maxSamplesOf].map(([name, maxSamples]) => [name, wantedOf(before.get(name), maxSamples)]),
    );
    const pages = new SampleWindow({ maxSamples: Math.max(2, ...maxSamplesOf.values()) });
    for (let index = 0; index < this.#pages.length; index += 1)
      pages.add(this.#pages.atMs(index), 1);
    this.#pages = pages;
    this.#lastSeries = undefined;
  }

  /** Names of the series that are kept. */
  seriesNames(): ReadonlySet<string> {
    return new Set(this.#wanted.keys());
  }

  /**
   * Takes what a page said that was asked for at `atMs`.
   *
   * @throws {@link ScrapeError} when a series comes twice, there are too many, a time stamp lies in the future
   *   or a type has changed. Then the page counts for nothing; after a changed type the windows begin anew.
   */
  record(reading: PageReading, atMs: number): void {
    const isSame = this.#lastSeries === reading.series && reading.repeatedCount === 0;
    const kept = isSame ? this.#kept : this.#seriesOf(reading);
    checkTimestamps(reading, atMs);
    if (!isSame) this.#replace(reading.series, kept);
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
    const wanted = this.#wanted.get(source.series);
    if (wanted === undefined) return absent(`${source.series} is not among the series collected`);
    const pageAtMs = this.#lastPageAtMs;
    if (pageAtMs === undefined || nowMs - pageAtMs > this.#options.staleAfterMs) {
      const reason = this.#failure ?? 'not scraped yet';
      return { kind: 'missing', reason, isAbsent: wanted.series.size === 0 };
    }
    const series = [...wanted.series.values()].filter(
      ({ labels }) => selector?.matches(labels) ?? true,
    );
    if (series.length === 0) return absent(noSeries(source, wanted.series.size));
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

  /** Both ends of a window that is full, and one for a page that comes early. */
  #samplesOf(windowSeconds: number): number {
    if (windowSeconds === 0) return 0;
    return Math.ceil((windowSeconds * 1000) / this.#options.intervalMs) + 2;
  }

  /** The series of a page in its order, new ones among them; they are kept when the page is good. */
  #seriesOf({ series, repeatedCount }: PageReading): KeptSeries[] {
    this.#checkWindows(series);
    if (repeatedCount > 0) {
      const repeated = series.find((one, index) => series.indexOf(one) !== index);
      const message = `has ${repeated?.name ?? 'a series'} twice with the same labels`;
      throw new ScrapeError('repeated_series', message);
    }
    let change: string | undefined;
    const kept = series.map(({ name, labels, type }): KeptSeries => {
      const { series: known, maxSamples = 0 } = this.#wanted.get(name) ?? {};
      const before = known?.get(seriesKey(labels));
      const isOther = before !== undefined && isOtherType(before.type, type);
      if (before !== undefined && !isOther) return before;
      if (isOther) change ??= `says that ${name} is a ${type}, after it was a ${before.type}`;
      const window = maxSamples === 0 ? undefined : new SampleWindow({ maxSamples });
      const { value, atMs } = before ?? { value: Number.NaN, atMs: Number.NaN };
      return { name, labels, type, window, value, atMs };
    });
    if (change === undefined) return kept;
    this.#replace(undefined, kept);
    throw new ScrapeError('type_change', change);
  }

  #checkWindows(series: readonly PageSeries[]): void {
    let inWindows = 0;
    for (const { name } of series) inWindows += this.#wanted.get(name)?.maxSamples ?? 0;
    if (inWindows > MAX_WINDOW_SAMPLES) {
      const message = `has ${series.length} of the series asked for, too many for windows of this length`;
      throw new ScrapeError('series_limit', message);
    }
  }

  /** Keeps these series and no others. */
  #replace(series: readonly PageSeries[] | undefined, kept: readonly KeptSeries[]): void {
    this.#lastSeries = series;
    this.#kept = kept;
    for (const wanted of this.#wanted.values()) wanted.series.clear();
    for (const one of kept) this.#wanted.get(one.name)?.series.set(seriesKey(one.labels), one);
  }
}

function checkTimestamps({ series, timestampsMs }: PageReading, atMs: number): void {
  if (timestampsMs === undefined) return;
  for (const [index, { name }] of series.entries()) {
    const aheadMs = (timestampsMs[index] ?? Number.NaN) - atMs;
    if (!(aheadMs > MAX_AHEAD_MS)) continue;
    throw new ScrapeError(
      'timestamp',
      `stamps ${name} ${Math.round(aheadMs / 1000)} s in the future`,
    );
  }
}

/** Without a TYPE line a series has no type; to have one is no change. */
function isOtherType(before: MetricType, after: MetricType): boolean {
  return before !== after && !UNTYPED.has(before) && !UNTYPED.has(after);
}

function wantedOf(before: Wanted | undefined, maxSamples: number): Wanted {
  if (before?.maxSamples === maxSamples) return before;
  const series = [...(before?.series ?? [])].map(
    ([key, one]) => [key, resized(one, maxSamples)] as const,
  );
  return { maxSamples, series: new Map(series) };
}

function noSeries({ series }: ResolvedSource, otherSeries: number): string {
  return otherSeries === 0
    ? `its page has no ${series}`
    : `none of its ${series} series has the labels asked for`;
}

function absent(reason: string): StoreReading {
  return { kind: 'missing', reason, isAbsent: true };
}
