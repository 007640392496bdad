import { SampleWindow } from '@bellows/core';
import type { MetricType, PageReading, PageSeries } from '@bellows/exposition';
import type { ResolvedSource } from '../metric/metric-source.ts';
import { resized, seriesKey, type KeptSeries } from './kept-series.ts';
import { ScrapeError } from './scrape-error.ts';

/** Most samples of all windows of a target: 4 MiB. */
const MAX_WINDOW_SAMPLES = 262_144;

const UNTYPED: ReadonlySet<MetricType> = new Set(['untyped', 'unknown']);

interface Wanted {
  /** Most samples of a window; 0 without window. */
  readonly maxSamples: number;
  /** By labels; those of the last page. */
  readonly series: Map<string, KeptSeries>;
}

/** Which series of a target are kept: those of its last page whose names are asked for. */
export class SeriesIndex {
  readonly #intervalMs: number;
  /** By the series' name. */
  #wanted = new Map<string, Wanted>();
  /** What {@link PageReading.series} was last, and what is kept of it. */
  #lastSeries: readonly PageSeries[] | undefined;
  #kept: readonly KeptSeries[] = [];

  /** @param intervalMs - Time between two pages, in milliseconds: says how many samples a window holds. */
  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** Samples kept in windows, of 16 bytes each. */
  get windowSampleCount(): number {
    let count = 0;
    for (const { series } of this.#wanted.values())
      for (const { window } of series.values()) count += window?.length ?? 0;
    return count;
  }

  /**
   * Replaces the sources that are kept; a series that was kept before keeps its samples.
   *
   * @returns Most samples of a window.
   */
  keep(sources: readonly ResolvedSource[]): number {
    const maxSamplesOf = new Map<string, number>();
    for (const { series, windowSeconds } of sources) {
      const maxSamples = Math.max(maxSamplesOf.get(series) ?? 0, this.#samplesOf(windowSeconds));
      maxSamplesOf.set(series, maxSamples);
    }
    const before = this.#wanted;
    this.#wanted = new Map(
      [...maxSamplesOf].map(([name, maxSamples]) => [name, wantedOf(before.get(name), maxSamples)]),
    );
    this.#lastSeries = undefined;
    return Math.max(0, ...maxSamplesOf.values());
  }

  /** Names of the series that are kept. */
  names(): ReadonlySet<string> {
    return new Set(this.#wanted.keys());
  }

  /** The series of a name that are on the last page; undefined where the name is not asked for. */
  get(name: string): readonly KeptSeries[] | undefined {
    const wanted = this.#wanted.get(name);
    return wanted && [...wanted.series.values()];
  }

  /**
   * The series of a page in its order, new ones among them, to be kept by {@link replace} when the page is good.
   *
   * @throws {@link ScrapeError} when a series comes twice, there are too many, or a type has changed: then all
   *   windows have begun anew.
   */
  seriesOf({ series, repeatedCount }: PageReading): readonly KeptSeries[] {
    if (this.#lastSeries === series && repeatedCount === 0) return this.#kept;
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
    this.replace(undefined, kept);
    throw new ScrapeError('type_change', change);
  }

  /**
   * Keeps these series and no others.
   *
   * @param series - The page's that they come from; undefined where its page was wrong.
   */
  replace(series: readonly PageSeries[] | undefined, kept: readonly KeptSeries[]): void {
    if (series !== undefined && series === this.#lastSeries) return;
    this.#lastSeries = series;
    this.#kept = kept;
    for (const wanted of this.#wanted.values()) wanted.series.clear();
    for (const one of kept) this.#wanted.get(one.name)?.series.set(seriesKey(one.labels), one);
  }

  #checkWindows(series: readonly PageSeries[]): void {
    let inWindows = 0;
    for (const { name } of series) inWindows += this.#wanted.get(name)?.maxSamples ?? 0;
    if (inWindows > MAX_WINDOW_SAMPLES) {
      const message = `has ${series.length} of the series asked for, too many for windows of this length`;
      throw new ScrapeError('series_limit', message);
    }
  }

  /** Both ends of a window that is full, and one for a page that comes early. */
  #samplesOf(windowSeconds: number): number {
    if (windowSeconds === 0) return 0;
    return Math.ceil((windowSeconds * 1000) / this.#intervalMs) + 2;
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
