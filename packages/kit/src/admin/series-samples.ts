import { formatFloat, type Sample } from '@bellows/exposition';
import type { FamilyEntry, SeriesEntry } from '../instruments/journal.ts';
import {
  readHistogram,
  readSummary,
  readValue,
  type SlotPlace,
} from '../instruments/slot-layout.ts';

/** Label names to values. */
export type Labels = Readonly<Record<string, string>>;

/** What the samples of a series are written from. */
export interface SeriesParts {
  readonly name: string;
  readonly type: FamilyEntry['type'];
  /** Values of `le` or `quantile`: see {@link boundTexts}. */
  readonly bounds: readonly string[];
  readonly labels: Labels;
  readonly place: SlotPlace;
}

/** Values of a family's `le` or `quantile`; those of a histogram end with `+Inf`. */
export function boundTexts({ type, bounds }: FamilyEntry): string[] {
  const texts = bounds.map(formatFloat);
  return type === 'histogram' ? [...texts, '+Inf'] : texts;
}

/** The labels of a series. An empty value and no label are the same to Prometheus. */
export function labelsOf(
  { labelNames }: FamilyEntry,
  { labelValues }: SeriesEntry,
  defaults: Labels | undefined,
): Labels {
  const own: Record<string, string> = {};
  labelNames.forEach((name, index) => {
    const value = labelValues[index];
    if (value !== undefined && value !== '') own[name] = value;
  });
  return defaults === undefined ? own : { ...own, ...defaults, ...own };
}

/** Appends the samples of one series as they are now. @param nowSeconds - Monotonic, for ages. */
export function appendSamples(samples: Sample[], series: SeriesParts, nowSeconds: number): void {
  const { name, type, labels, place } = series;
  if (type === 'histogram') appendHistogram(samples, series);
  else if (type === 'summary') appendSummary(samples, series);
  else {
    const raw = readValue(place);
    samples.push({ name, labels, value: type === 'age' ? ageOf(raw, nowSeconds) : raw });
  }
}

function ageOf(sinceSeconds: number, nowSeconds: number): number {
  return sinceSeconds === 0 ? 0 : Math.max(0, nowSeconds - sinceSeconds);
}

function appendHistogram(samples: Sample[], { name, bounds, labels, place }: SeriesParts): void {
  const { cumulativeCounts, sum, count } = readHistogram(place, bounds.length - 1);
  const bucketName = `${name}_bucket`;
  for (const [index, le] of bounds.entries()) {
    samples.push({
      name: bucketName,
      labels: { ...labels, le },
      value: cumulativeCounts[index] ?? 0,
    });
  }
  samples.push({ name: `${name}_sum`, labels, value: sum });
  samples.push({ name: `${name}_count`, labels, value: count });
}

/** A quantile of no values is NaN, as in Prometheus' own clients. */
function appendSummary(samples: Sample[], { name, bounds, labels, place }: SeriesParts): void {
  const { quantiles, sum, count } = readSummary(place, bounds.length);
  for (const [index, quantile] of bounds.entries()) {
    const value = count === 0 ? Number.NaN : (quantiles[index] ?? Number.NaN);
    samples.push({ name, labels: { ...labels, quantile }, value });
  }
  samples.push({ name: `${name}_sum`, labels, value: sum });
  samples.push({ name: `${name}_count`, labels, value: count });
}
