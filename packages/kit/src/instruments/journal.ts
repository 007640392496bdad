/** How a family's slots are read. An `age` holds the monotonic time, in seconds, from which it counts; 0 is no age. */
export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'age';

/** What is said once about a metric. */
export interface FamilyEntry {
  readonly kind: 'family';
  /** Unlike that of any other family of this thread. */
  readonly family: number;
  /** Registry it was first told of, for its default labels. */
  readonly source: number;
  readonly name: string;
  readonly help: string;
  readonly type: FamilyType;
  readonly labelNames: readonly string[];
  /** Upper bounds of a histogram's buckets, without `+Inf`, or a summary's quantiles; empty for other types. */
  readonly bounds: readonly number[];
}

/** What is said once about a series. */
export interface SeriesEntry {
  readonly kind: 'series';
  readonly family: number;
  /** Unlike that of any other series of this thread. */
  readonly series: number;
  /** In the order of the family's `labelNames`; empty for a label it does not have. */
  readonly labelValues: readonly string[];
  readonly chunk: number;
  readonly offset: number;
  /** Of its slots: once they are in another one, they hold values of another series. */
  readonly generation: number;
}

/** What the admin thread must know to render metrics. */
export type JournalEntry =
  | { readonly kind: 'chunk'; readonly chunk: number; readonly buffer: SharedArrayBuffer }
  | FamilyEntry
  | SeriesEntry
  /** Where the uses of a family's overflow series are counted; said at the first one. */
  | {
      readonly kind: 'overflow';
      readonly family: number;
      readonly chunk: number;
      readonly offset: number;
    }
  | { readonly kind: 'forget-series'; readonly family: number; readonly series: number }
  | { readonly kind: 'forget-family'; readonly family: number }
  /** Labels that all series of a source have unless they have them themselves. */
  | {
      readonly kind: 'default-labels';
      readonly source: number;
      readonly labels: Readonly<Record<string, string>>;
    }
  /** What a registry of another library exposes, in text format 0.0.4, a text for each of its metrics. */
  | { readonly kind: 'page'; readonly source: number; readonly texts: readonly string[] };

/** Receives journal entries, in order. */
export type JournalReader = (entry: JournalEntry) => void;

interface FamilyState {
  readonly entry: FamilyEntry;
  readonly series: Map<number, SeriesEntry>;
  overflow?: JournalEntry;
}

/**
 * What is to be known about the metrics. A reader that comes late, such as a restarted thread, gets all that still
 * holds: what was forgotten leaves nothing behind.
 */
export class Journal {
  readonly #chunks = new Map<number, JournalEntry>();
  readonly #families = new Map<number, FamilyState>();
  /** Default labels and pages by kind and source. */
  readonly #latest = new Map<string, JournalEntry>();
  readonly #readers = new Set<JournalReader>();

  /** The entries that hold now, in an order in which they can be applied. */
  get entries(): readonly JournalEntry[] {
    const entries: JournalEntry[] = [...this.#chunks.values(), ...this.#latest.values()];
    for (const { entry, series, overflow } of this.#families.values()) {
      entries.push(entry);
      if (overflow !== undefined) entries.push(overflow);
      // Not as arguments of one push: there may be more of them than the stack takes.
      for (const one of series.values()) entries.push(one);
    }
    return entries;
  }

  /** Notes an entry and passes it on. One that says nothing new, or is about what is not there, is dropped. */
  append(entry: JournalEntry): void {
    if (!this.#note(entry)) return;
    for (const reader of this.#readers) reader(entry);
  }

  /** Passes on entries that come from now on. @returns a function that ends it. */
  follow(reader: JournalReader): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Takes over all entries of another journal, now and later. @returns a function that ends it. */
  include(other: Journal): () => void {
    for (const entry of other.entries) this.append(entry);
    return other.follow((entry) => {
      this.append(entry);
    });
  }

  #note(entry: JournalEntry): boolean {
    switch (entry.kind) {
      case 'chunk':
        return setOnce(this.#chunks, entry.chunk, entry);
      case 'family':
        return setOnce(this.#families, entry.family, { entry, series: new Map() });
      case 'series': {
        const series = this.#families.get(entry.family)?.series;
        return series !== undefined && setOnce(series, entry.series, entry);
      }
      case 'overflow':
        return this.#noteOverflow(entry);
      case 'forget-series':
        return this.#families.get(entry.family)?.series.delete(entry.series) ?? false;
      case 'forget-family':
        return this.#families.delete(entry.family);
      case 'default-labels':
      case 'page':
        this.#latest.set(`${entry.kind} ${entry.source}`, entry);
        return true;
    }
  }

  #noteOverflow(entry: JournalEntry & { readonly kind: 'overflow' }): boolean {
    const family = this.#families.get(entry.family);
    if (family === undefined || family.overflow !== undefined) return false;
    family.overflow = entry;
    return true;
  }
}

function setOnce<Value>(map: Map<number, Value>, key: number, value: Value): boolean {
  if (map.has(key)) return false;
  map.set(key, value);
  return true;
}
