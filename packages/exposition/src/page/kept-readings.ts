import type { PageReading, PageSeries } from './page-reading.ts';

const INITIAL_READINGS = 8;

/** The readings of the series that are wanted, by the order of their lines. */
export class KeptReadings {
  readonly series: PageSeries[] = [];
  values: Float64Array = new Float64Array(INITIAL_READINGS);
  timestampsMs: Float64Array | undefined;
  repeatedCount = 0;
  #earlier: readonly PageSeries[];
  /** Made when a line is not remembered: then its series may still be. By name, then by {@link keyOf}. */
  #byName: Map<string, PageSeries[] | Map<string, PageSeries>> | undefined;
  #onPage: Set<PageSeries> | undefined = new Set();

  /** @param earlier - The series of the page before: each stays the same object. */
  constructor(earlier: readonly PageSeries[]) {
    this.#earlier = earlier;
  }

  /** The object that stands for a series: that of the page before, if there was one. */
  intern(series: PageSeries): PageSeries {
    const known = this.#namesakes(series.name);
    const key = keyOf(series);
    const same = known.get(key);
    if (same?.type === series.type) return same;
    known.set(key, series);
    return series;
  }

  /** The known series of a name. Keys are made for names that are asked for: a page has many and few new lines. */
  #namesakes(name: string): Map<string, PageSeries> {
    this.#byName ??= groupByName(this.#earlier);
    const known = this.#byName.get(name) ?? [];
    if (known instanceof Map) return known;
    const byKey = new Map(known.map((one) => [keyOf(one), one]));
    this.#byName.set(name, byKey);
    return byKey;
  }

  /** Takes the reading of an interned series. @returns Its place. */
  append(series: PageSeries, value: number, timestampMs: number): number {
    const index = this.series.length;
    if (index === this.values.length) {
      this.values = grown(this.values);
      if (this.timestampsMs !== undefined) this.timestampsMs = grown(this.timestampsMs);
    }
    if (this.#onPage?.has(series) === true) this.repeatedCount += 1;
    else this.#onPage?.add(series);
    this.series.push(series);
    this.set(index, value, timestampMs);
    return index;
  }

  /** Replaces the value and time at a place. */
  set(index: number, value: number, timestampMs: number): void {
    this.values[index] = value;
    if (this.timestampsMs === undefined) {
      if (Number.isNaN(timestampMs)) return;
      this.timestampsMs = new Float64Array(this.values.length).fill(Number.NaN);
    }
    this.timestampsMs[index] = timestampMs;
  }

  /** Says that the page is over: what only its first reading needed is given up. */
  seal(): void {
    this.#earlier = [];
    this.#byName = undefined;
    this.#onPage = undefined;
  }

  /** Memory of the values and times, in bytes. */
  get heldBytes(): number {
    return this.values.byteLength + (this.timestampsMs?.byteLength ?? 0);
  }

  /** The readings as they are now. */
  reading(sampleCount: number): PageReading {
    const { series, values, timestampsMs, repeatedCount } = this;
    return { series, values, timestampsMs, repeatedCount, sampleCount };
  }
}

function groupByName(all: readonly PageSeries[]): Map<string, PageSeries[]> {
  const groups = new Map<string, PageSeries[]>();
  for (const series of all) {
    const group = groups.get(series.name);
    if (group === undefined) groups.set(series.name, [series]);
    else group.push(series);
  }
  return groups;
}

/** Labels in any order name one series; an empty value is no label. */
function keyOf({ name, labels }: PageSeries): string {
  let key = name;
  for (const label of sorted(Object.keys(labels))) {
    const value = labels[label] ?? '';
    if (value !== '') key += `\n${label.length}:${label}${value.length}:${value}`;
  }
  return key;
}

/** Most pages have their labels in order already. */
function sorted(names: string[]): readonly string[] {
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  return isSorted ? names : names.sort();
}

function grown(from: Float64Array): Float64Array {
  const into = new Float64Array(from.length * 2);
  into.set(from);
  return into;
}
