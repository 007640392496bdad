import { QuantileSketch } from './quantile-sketch.ts';

/** How long values count; undefined for ever. */
export interface SummaryAge {
  readonly maxAgeSeconds: number;
  /** Steps in which values leave. */
  readonly ageBuckets: number;
}

/** The values of one series of a summary that are not too old. */
export class SummaryWindow {
  readonly #age: SummaryAge | undefined;
  /** The oldest first. */
  #slices: { readonly startSeconds: number; readonly sketch: QuantileSketch }[] = [];

  constructor(age: SummaryAge | undefined) {
    this.#age = age;
  }

  /** @param nowSeconds - Monotonic. */
  add(value: number, nowSeconds: number): void {
    const newest = this.#slices.at(-1);
    if (newest === undefined || nowSeconds - newest.startSeconds >= this.#sliceSeconds()) {
      this.#slices.push({ startSeconds: nowSeconds, sketch: new QuantileSketch() });
    }
    this.#slices.at(-1)?.sketch.add(value);
  }

  /** The values at these ranks; NaN without values that are young enough. */
  quantiles(shares: readonly number[], nowSeconds: number): number[] {
    const maxAgeSeconds = this.#age?.maxAgeSeconds ?? Infinity;
    this.#slices = this.#slices.filter(
      ({ startSeconds }) => nowSeconds - startSeconds < maxAgeSeconds,
    );
    const [first, ...rest] = this.#slices;
    if (first === undefined) return shares.map(() => Number.NaN);
    if (rest.length === 0) return first.sketch.quantiles(shares);
    const all = new QuantileSketch();
    for (const { sketch } of this.#slices) all.merge(sketch);
    return all.quantiles(shares);
  }

  /** Whether all values have become too old; found out by {@link quantiles}. */
  get isEmpty(): boolean {
    return this.#slices.length === 0;
  }

  #sliceSeconds(): number {
    return this.#age === undefined ? Infinity : this.#age.maxAgeSeconds / this.#age.ageBuckets;
  }
}
