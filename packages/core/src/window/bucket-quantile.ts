/** A bucket of a classic histogram. */
export interface Bucket {
  /** Upper bound, included: the label `le`. The last one is +Inf. */
  readonly upperBound: number;
  /** Observations up to that bound, 0 or more: an increase or a rate. */
  readonly count: number;
}

/**
 * The value below which a share of a classic histogram's observations lies, linear inside its bucket.
 *
 * Buckets come in any order; those of one bound are added up, and a count below that of a lower bound is taken
 * for as much, as rounding leaves such. Beyond the highest finite bound, that bound is the answer; the lowest
 * bucket begins at 0, or is answered by its bound if that is not above 0.
 *
 * @param share - From 0 to 1.
 * @returns Undefined without a bucket of +Inf, with fewer than two buckets, or without an observation.
 * @see prometheus/prometheus v2.42.0 promql/quantile.go bucketQuantile
 */
export function bucketQuantile(share: number, buckets: readonly Bucket[]): number | undefined {
  const merged = mergeBuckets(buckets);
  const last = merged.at(-1);
  const highestFinite = merged.at(-2);
  if (last?.upperBound !== Infinity || highestFinite === undefined) return undefined;
  if (!(last.count > 0) || !(share >= 0 && share <= 1)) return undefined;
  const rank = share * last.count;
  const index = merged.findIndex(({ count }) => count >= rank);
  const found = merged[index];
  if (found === undefined || found === last) return highestFinite.upperBound;
  const below = merged[index - 1];
  if (below === undefined && found.upperBound <= 0) return found.upperBound;
  const { upperBound: start, count: before } = below ?? { upperBound: 0, count: 0 };
  // Upstream divides 0 by 0 here for a share of 0 and an empty first bucket.
  if (found.count === before) return start;
  return start + (found.upperBound - start) * ((rank - before) / (found.count - before));
}

/** Sorted by bound, one bucket a bound, no count below the one before. */
function mergeBuckets(buckets: readonly Bucket[]): Bucket[] {
  const countOf = new Map<number, number>();
  for (const { upperBound, count } of buckets) {
    countOf.set(upperBound, (countOf.get(upperBound) ?? 0) + count);
  }
  let highest = 0;
  return [...countOf]
    .sort(([a], [b]) => a - b)
    .map(([upperBound, count]) => {
      highest = Math.max(highest, count);
      return { upperBound, count: highest };
    });
}
