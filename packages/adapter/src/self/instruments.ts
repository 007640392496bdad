import { histogramSamples, type MetricFamily, type Sample } from '@bellows/exposition';

/** Labels of one series, in the order they are written. */
export type Labels = Readonly<Record<string, string>>;

/** What a family is called and says of itself. */
export interface FamilyText {
  /** As in the TYPE line. */
  readonly name: string;
  /** As in the HELP line. */
  readonly help: string;
}

/** A family has no more series than this: what clients send ends up in labels only by names that are configured, but a rule may match anything. */
const MAX_SERIES = 2_000;

/** Counts, by labels. */
export class CounterFamily {
  readonly #text: FamilyText;
  readonly #series = new Map<string, { readonly labels: Labels; value: number }>();

  constructor(text: FamilyText) {
    this.#text = text;
  }

  /** Adds to a series; one too many is not made. */
  add(labels: Labels, by = 1): void {
    const key = keyOf(labels);
    const series = this.#series.get(key);
    if (series !== undefined) series.value += by;
    else if (this.#series.size < MAX_SERIES) this.#series.set(key, { labels, value: by });
  }

  /** As a page shows it. */
  read(): MetricFamily {
    const { name, help } = this.#text;
    const samples = [...this.#series.values()].map(({ labels, value }): Sample => ({
      name,
      labels,
      value,
    }));
    return { name, help, type: 'counter', samples };
  }
}

/** Distributions, by labels. */
export class HistogramFamily {
  readonly #text: FamilyText;
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, Distribution>();

  /** @param bounds - Upper bounds of the buckets in ascending order, without +Inf. */
  constructor(text: FamilyText, bounds: readonly number[]) {
    this.#text = text;
    this.#bounds = bounds;
  }

  /** Counts one value in a series; one too many is not made. */
  observe(labels: Labels, value: number): void {
    const key = keyOf(labels);
    let series = this.#series.get(key);
    if (series === undefined) {
      if (this.#series.size >= MAX_SERIES) return;
      series = { labels, counts: new Float64Array(this.#bounds.length + 1), sum: 0 };
      this.#series.set(key, series);
    }
    const found = this.#bounds.findIndex((bound) => value <= bound);
    const index = found < 0 ? this.#bounds.length : found;
    series.counts[index] = (series.counts[index] ?? 0) + 1;
    series.sum += value;
  }

  /** As a page shows it. */
  read(): MetricFamily {
    const { name, help } = this.#text;
    const samples = [...this.#series.values()].flatMap(({ labels, counts, sum }) => {
      let count = 0;
      const buckets = this.#bounds.map((upperBound, index) => {
        count += counts[index] ?? 0;
        return { upperBound, count };
      });
      return histogramSamples(name, { labels, buckets, sum, count: count + (counts.at(-1) ?? 0) });
    });
    return { name, help, type: 'histogram', samples };
  }
}

interface Distribution {
  readonly labels: Labels;
  /** By bucket, the last one +Inf. */
  readonly counts: Float64Array;
  sum: number;
}

/** A family whose samples are read when the page is. */
export function gaugeFamily(
  { name, help }: FamilyText,
  values: readonly (readonly [labels: Labels, value: number])[],
): MetricFamily {
  const samples = values.map(([labels, value]): Sample => ({ name, labels, value }));
  return { name, help, type: 'gauge', samples };
}

function keyOf(labels: Labels): string {
  return Object.values(labels).join('\u0000');
}
