import type { MetricFamily, Sample } from '@bellows/exposition';
import type { FamilyEntry, JournalEntry, SeriesEntry } from '../instruments/journal.ts';
import { sampleNames } from '../instruments/validate-instrument.ts';
import { readGeneration } from '../memory/slot-arena.ts';
import { clashFamily, overflowFamily } from './metric-accounts.ts';
import { PageView } from './page-view.ts';
import { appendSamples, boundTexts, labelsOf, type Labels } from './series-samples.ts';
import { TakenNames, type Definition } from './taken-names.ts';

interface FamilyView {
  readonly entry: FamilyEntry;
  /** Values of `le` or `quantile`. */
  readonly bounds: readonly string[];
  readonly series: Map<number, SeriesView>;
  /** Uses of its overflow series. */
  overflow?: { readonly values: Float64Array; readonly offset: number };
}

interface SeriesView {
  readonly entry: SeriesEntry;
  readonly values: Float64Array;
  readonly offset: number;
  /** Made when it is first rendered, and anew when the default labels have changed. */
  labels: Labels | undefined;
}

/** The metrics as their journal tells of them; values are read from shared memory when asked for. */
export class MetricsView {
  readonly #chunks = new Map<number, Float64Array>();
  readonly #families = new Map<number, FamilyView>();
  readonly #defaultLabels = new Map<number, Labels>();
  readonly #pages = new Map<number, PageView>();
  /** Metrics that the last call of {@link families} left out. */
  #clashes: string[] = [];

  /** @param entries - Those that its journal has so far. */
  constructor(entries: Iterable<JournalEntry> = []) {
    for (const entry of entries) this.apply(entry);
  }

  /** Takes the next entry of the journal. */
  apply(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'chunk':
        this.#chunks.set(entry.chunk, new Float64Array(entry.buffer));
        break;
      case 'family':
        this.#families.set(entry.family, { entry, bounds: boundTexts(entry), series: new Map() });
        break;
      case 'series':
        this.#addSeries(entry);
        break;
      case 'overflow':
        this.#addOverflow(entry);
        break;
      case 'forget-series':
        this.#families.get(entry.family)?.series.delete(entry.series);
        break;
      case 'forget-family':
        this.#families.delete(entry.family);
        break;
      case 'default-labels':
        this.#setDefaultLabels(entry.source, entry.labels);
        break;
      case 'page':
        this.#pages.set(entry.source, new PageView(entry.texts));
        break;
    }
  }

  /**
   * All families with their values of this moment. Of two with lines of the same name the first is rendered; the other
   * one is counted among {@link accounts}, unless help and type say that it is the same metric.
   * @param nowSeconds - Monotonic, for ages.
   * @param taken - The names that are on the page already.
   */
  *families(nowSeconds: number, taken: TakenNames = new TakenNames()): Generator<MetricFamily> {
    this.#clashes = [];
    const isFree = (lines: Iterable<string>, family: Definition): boolean => {
      const whose = taken.take(lines, family);
      if (whose === 'other') this.#clashes.push(family.name);
      return whose === 'free';
    };
    for (const family of this.#families.values()) {
      const { name, help, type: ownType } = family.entry;
      const type = ownType === 'age' ? 'gauge' : ownType;
      if (!isFree(sampleNames(name, ownType), { name, help, type })) continue;
      const samples: Sample[] = [];
      for (const series of family.series.values()) this.#read(family, series, nowSeconds, samples);
      yield { name, help, type, samples };
    }
    for (const page of this.#pages.values()) {
      for (const family of page.families()) {
        const lines = family.samples.map(({ name }) => name);
        if (isFree(new Set([family.name, ...lines]), family)) yield family;
      }
    }
  }

  /** What there is to say of the metrics themselves; of clashes, those of the last {@link families}. */
  accounts(): MetricFamily[] {
    const uses = [...this.#families.values()].flatMap(({ entry, overflow }) => {
      const count = overflow?.values[overflow.offset];
      return count === undefined ? [] : [[entry.name, count] as const];
    });
    return [overflowFamily(uses), clashFamily(this.#clashes)];
  }

  #addSeries(entry: SeriesEntry): void {
    const family = this.#families.get(entry.family);
    const values = this.#chunks.get(entry.chunk);
    if (family === undefined || values === undefined) return;
    const { offset } = entry;
    family.series.set(entry.series, { entry, values, offset, labels: undefined });
  }

  #addOverflow({ family, chunk, offset }: JournalEntry & { readonly kind: 'overflow' }): void {
    const view = this.#families.get(family);
    const values = this.#chunks.get(chunk);
    if (view !== undefined && values !== undefined) view.overflow = { values, offset };
  }

  #setDefaultLabels(source: number, labels: Labels): void {
    this.#defaultLabels.set(source, labels);
    for (const { entry, series } of this.#families.values()) {
      if (entry.source !== source) continue;
      for (const one of series.values()) one.labels = undefined;
    }
  }

  /** Appends a series' samples, unless it was removed meanwhile and its slots may be another one's. */
  #read(
    { entry, bounds }: FamilyView,
    series: SeriesView,
    nowSeconds: number,
    samples: Sample[],
  ): void {
    const { generation } = series.entry;
    if (readGeneration(series) !== generation) return;
    const { length } = samples;
    const { name, type, source } = entry;
    const labels = (series.labels ??= labelsOf(
      entry,
      series.entry,
      this.#defaultLabels.get(source),
    ));
    appendSamples(samples, { name, type, bounds, labels, place: series }, nowSeconds);
    if (readGeneration(series) !== generation) samples.length = length;
  }
}
