/** Quantiles are within this share of a value that was observed. */
const RELATIVE_ACCURACY = 0.01;
const GAMMA = (1 + RELATIVE_ACCURACY) / (1 - RELATIVE_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);
/** Bins of values from about 1e-13 to 1e13; what is beyond counts as the smallest or largest of these. */
const MAX_INDEX = 1500;

/**
 * Counts values in bins whose bounds grow by the same factor, so that any quantile is known to 1 % in bounded memory.
 * @see Masson, Rim, Lee: DDSketch, VLDB 2019, section 2
 */
export class QuantileSketch {
  /** Counts by signed bin: above 0 for positive values, below 0 for negative ones, 0 for zero. */
  readonly #bins = new Map<number, number>();
  #count = 0;

  /** Values that were added. */
  get count(): number {
    return this.#count;
  }

  add(value: number): void {
    const bin = binOf(value);
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + 1);
    this.#count += 1;
  }

  /** Adds all values of another sketch. */
  merge(other: QuantileSketch): void {
    for (const [bin, count] of other.#bins) this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + count);
    this.#count += other.#count;
  }

  /** The values at these ranks, each a share from 0 to 1, lowest first; NaN without values. */
  quantiles(shares: readonly number[]): number[] {
    const bins = [...this.#bins].sort(([a], [b]) => a - b);
    return shares.map((share) => {
      const rank = Math.max(1, Math.ceil(share * this.#count));
      let seen = 0;
      for (const [bin, count] of bins) {
        seen += count;
        if (seen >= rank) return valueOf(bin);
      }
      return Number.NaN;
    });
  }
}

function binOf(value: number): number {
  if (value === 0) return 0;
  const index = Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA);
  const clamped = Math.min(MAX_INDEX, Math.max(-MAX_INDEX, index));
  // From 1 on, the smallest magnitude next to zero.
  return Math.sign(value) * (clamped + MAX_INDEX + 1);
}

function valueOf(bin: number): number {
  if (bin === 0) return 0;
  const index = Math.abs(bin) - MAX_INDEX - 1;
  return (Math.sign(bin) * (2 * GAMMA ** index)) / (GAMMA + 1);
}
