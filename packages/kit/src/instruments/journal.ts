/** How a family's slots are read. An `age` holds the monotonic time, in seconds, from which it counts; 0 is no age. */
export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'age';

/** What the admin thread must know to render a metric, said once each. */
export type JournalEntry =
  | { readonly kind: 'chunk'; readonly chunk: number; readonly buffer: SharedArrayBuffer }
  | {
      readonly kind: 'family';
      readonly family: number;
      readonly name: string;
      readonly help: string;
      readonly type: FamilyType;
      readonly labelNames: readonly string[];
      /** Upper bounds of a histogram's buckets, without `+Inf`; empty for other types. */
      readonly buckets: readonly number[];
    }
  | {
      readonly kind: 'series';
      readonly family: number;
      readonly labelValues: readonly string[];
      readonly chunk: number;
      readonly offset: number;
    };

/** Receives journal entries, in order. */
export type JournalReader = (entry: JournalEntry) => void;

/** Everything said about the metrics so far; a reader that comes late, such as a restarted thread, gets all of it. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #readers = new Set<JournalReader>();

  /** The entries so far. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  append(entry: JournalEntry): void {
    this.#entries.push(entry);
    for (const reader of this.#readers) reader(entry);
  }

  /** Passes on entries that come from now on. @returns a function that ends it. */
  follow(reader: JournalReader): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }
}
