import type { MetricFamily, Sample } from '@bellows/exposition';
import { formatFloat } from '@bellows/exposition';
import type { FamilyType, JournalEntry } from '../instruments/journal.ts';

interface FamilyView {
  readonly name: string;
  readonly help: string;
  readonly type: FamilyType;
  readonly labelNames: readonly string[];
  /** Values of `le`, with `+Inf` last; empty unless it is a histogram. */
  readonly bounds: readonly string[];
  readonly series: SeriesView[];
}

interface SeriesView {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Float64Array;
  readonly offset: number;
}

/** The metrics as their journal tells of them; values are read from shared memory when asked for. */
export class MetricsView {
  readonly #chunks = new Map<number, Float64Array>();
  readonly #families = new Map<number, FamilyView>();

  /** Takes the next entry of the journal. */
  apply(entry: JournalEntry): void {
    if (entry.kind === 'chunk') {
      this.#chunks.set(entry.chunk, new Float64Array(entry.buffer));
    } else if (entry.kind === 'family') {
      const { name, help, type, labelNames, buckets } = entry;
      const bounds = type === 'histogram' ? [...buckets.map(formatFloat), '+Inf'] : [];
      this.#families.set(entry.family, { name, help, type, labelNames, bounds, series: [] });
    } else {
      const family = this.#families.get(entry.family);
      const values = this.#chunks.get(entry.chunk);
      if (family === undefined || values === undefined) return;
      const labels: Record<string, string> = {};
      family.labelNames.forEach((name, index) => {
        // An empty value and no label are the same to Prometheus.
        const value = entry.labelValues[index];
        if (value !== undefined && value !== '') labels[name] = value;
      });
      family.series.push({ labels, values, offset: entry.offset });
    }
  }

  /** All families with their values of this moment. @param nowSeconds - Monotonic, for ages. */
  *families(nowSeconds: number): Generator<MetricFamily> {
    for (const family of this.#families.values()) {
      const { name, help, type } = family;
      const samples = family.series.flatMap((series) => samplesOf(family, series, nowSeconds));
      yield { name, help, type: type === 'age' ? 'gauge' : type, samples };
    }
  }
}

function samplesOf(family: FamilyView, series: SeriesView, nowSeconds: number): Sample[] {
  if (family.type === 'histogram') return histogramSamples(family, series);
  const raw = series.values[series.offset] ?? 0;
  const value = family.type === 'age' ? ageOf(raw, nowSeconds) : raw;
  return [{ name: family.name, labels: series.labels, value }];
}

function ageOf(sinceSeconds: number, nowSeconds: number): number {
  return sinceSeconds === 0 ? 0 : Math.max(0, nowSeconds - sinceSeconds);
}

/** `_count` is the sum of the buckets read here, so that it never disagrees with them. */
function histogramSamples({ name, bounds }: FamilyView, series: SeriesView): Sample[] {
  const { labels, values, offset } = series;
  let count = 0;
  const samples = bounds.map((le, index): Sample => {
    count += values[offset + index] ?? 0;
    return { name: `${name}_bucket`, labels: { ...labels, le }, value: count };
  });
  samples.push({ name: `${name}_sum`, labels, value: values[offset + bounds.length] ?? 0 });
  samples.push({ name: `${name}_count`, labels, value: count });
  return samples;
}
