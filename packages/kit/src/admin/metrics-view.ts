import type { MetricFamily, Sample } from '@bellows/exposition';
import { formatFloat } from '@bellows/exposition';
import type { FamilyEntry, JournalEntry, SeriesEntry } from '../instruments/journal.ts';
import { sampleNames } from '../instruments/validate-instrument.ts';
import { readGeneration } from '../memory/slot-arena.ts';
import { PageView } from './page-view.ts';

interface FamilyView {
  readonly entry: FamilyEntry;
  /** Values of `le` or `quantile`; those of a histogram end with `+Inf`. */
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
  labels: Readonly<Record<string, string>> | undefined;
}

type Labels = Readonly<Record<string, string>>;

/** The metrics as their journal tells of them; values are read from shared memory when asked for. */
export class MetricsView {
  readonly #chunks = new Map<number, Float64Array>();
  readonly #families = new Map<number, FamilyView>();
  readonly #defaultLabels = new Map<number, Labels>();
  readonly #pages = new Map<number, PageView>();
  /** Metrics that the last call of {@link families} left out. */
  #clashes: string[] = [];

  /** Takes the next entry of the journal. */
  apply(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'chunk':
        this.#chunks.set(entry.chunk, new Float64Array(entry.buffer));
        break;
      case 'family':
        this.#families.set(entry.family, { entry, bounds: boundsOf(entry), series: new Map() });
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
   * @param taken - What is on the page already: names of lines, with a text for the family they are of.
   */
  *families(nowSeconds: number, taken: Map<string, string>): Generator<MetricFamily> {
    this.#clashes = [];
    const isFree = (names: readonly string[], family: Definition): boolean => {
      const definition = definitionText(family);
      const owner = names.map((line) => taken.get(line)).find((text) => text !== undefined);
      if (owner !== undefined && owner !== definition) this.#clashes.push(family.name);
      if (owner !== undefined) return false;
      for (const line of names) taken.set(line, definition);
      return true;
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
        if (isFree([...new Set([family.name, ...lines])], family)) yield family;
      }
    }
  }

  /** What there is to say of the metrics themselves; of clashes, those of the last {@link families}. */
  accounts(): MetricFamily[] {
    const clashes = this.#clashes.map((metric) => [metric, 1] as const);
    return [this.#overflows(), countedByMetric(CLASHES, clashes)];
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
  #read(family: FamilyView, series: SeriesView, nowSeconds: number, samples: Sample[]): void {
    const { generation } = series.entry;
    if (readGeneration(series) !== generation) return;
    const { length } = samples;
    series.labels ??= labelsOf(family.entry, series.entry, this.#defaultLabels);
    appendSamples(family, { ...series, labels: series.labels }, nowSeconds, samples);
    if (readGeneration(series) !== generation) samples.length = length;
  }

  #overflows(): MetricFamily {
    const counts = new Map<string, number>();
    for (const { entry, overflow } of this.#families.values()) {
      const uses = overflow?.values[overflow.offset];
      if (uses !== undefined) counts.set(entry.name, (counts.get(entry.name) ?? 0) + uses);
    }
    return countedByMetric(OVERFLOWS, [...counts]);
  }
}

type Definition = Pick<MetricFamily, 'name' | 'help' | 'type'>;

/** A text for what a metric says it is. */
export function definitionText({ name, help = '', type }: Definition): string {
  return `${type} ${name} ${help}`;
}

const OVERFLOWS = {
  name: 'bellows_metric_overflow_total',
  help: 'Updates that went to the overflow series because a metric has too many label sets.',
  type: 'counter',
} as const;

const CLASHES = {
  name: 'bellows_metric_clashes',
  help: 'Metrics that are not on this page because another one of the same name is.',
  type: 'gauge',
} as const;

function countedByMetric(
  family: Omit<MetricFamily, 'samples'>,
  counts: readonly (readonly [metric: string, count: number])[],
): MetricFamily {
  const sums = new Map<string, number>();
  for (const [metric, count] of counts) sums.set(metric, (sums.get(metric) ?? 0) + count);
  const samples = [...sums].map(([metric, value]) => ({
    name: family.name,
    labels: { metric },
    value,
  }));
  return { ...family, samples };
}

function boundsOf({ type, bounds }: FamilyEntry): string[] {
  const texts = bounds.map(formatFloat);
  return type === 'histogram' ? [...texts, '+Inf'] : texts;
}

/** An empty value and no label are the same to Prometheus. */
function labelsOf(
  { labelNames, source }: FamilyEntry,
  { labelValues }: SeriesEntry,
  defaultLabels: ReadonlyMap<number, Labels>,
): Labels {
  const own: Record<string, string> = {};
  labelNames.forEach((name, index) => {
    const value = labelValues[index];
    if (value !== undefined && value !== '') own[name] = value;
  });
  const defaults = defaultLabels.get(source);
  return defaults === undefined ? own : { ...own, ...defaults, ...own };
}

function appendSamples(
  family: FamilyView,
  series: SeriesView & { readonly labels: Labels },
  nowSeconds: number,
  samples: Sample[],
): void {
  const { name, type } = family.entry;
  if (type === 'histogram') appendHistogram(family, series, samples);
  else if (type === 'summary') appendSummary(family, series, samples);
  else {
    const raw = series.values[series.offset] ?? 0;
    const value = type === 'age' ? ageOf(raw, nowSeconds) : raw;
    samples.push({ name, labels: series.labels, value });
  }
}

function ageOf(sinceSeconds: number, nowSeconds: number): number {
  return sinceSeconds === 0 ? 0 : Math.max(0, nowSeconds - sinceSeconds);
}

/** `_count` is the sum of the buckets read here, so that it never disagrees with them. */
function appendHistogram(
  { entry: { name }, bounds }: FamilyView,
  { labels, values, offset }: SeriesView & { readonly labels: Labels },
  samples: Sample[],
): void {
  const bucketName = `${name}_bucket`;
  let count = 0;
  for (const [index, le] of bounds.entries()) {
    count += values[offset + index] ?? 0;
    samples.push({ name: bucketName, labels: { ...labels, le }, value: count });
  }
  samples.push({ name: `${name}_sum`, labels, value: values[offset + bounds.length] ?? 0 });
  samples.push({ name: `${name}_count`, labels, value: count });
}

/** A quantile of no values is NaN, as in Prometheus' own clients. */
function appendSummary(
  { entry: { name }, bounds }: FamilyView,
  { labels, values, offset }: SeriesView & { readonly labels: Labels },
  samples: Sample[],
): void {
  const count = values[offset + bounds.length + 1] ?? 0;
  for (const [index, quantile] of bounds.entries()) {
    const value = count === 0 ? Number.NaN : (values[offset + index] ?? Number.NaN);
    samples.push({ name, labels: { ...labels, quantile }, value });
  }
  samples.push({ name: `${name}_sum`, labels, value: values[offset + bounds.length] ?? 0 });
  samples.push({ name: `${name}_count`, labels, value: count });
}
