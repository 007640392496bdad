import type { Recommendation } from './hpa-state.ts';

/**
 * Records a recommendation in the slot at `reusableIndex`, or at the end if there is none. The list never
 * shrinks and is not in order of time: that is upstream's own, and enlarging a window later shows it.
 */
export function recordRecommendation(
  recommendations: readonly Recommendation[],
  recommendation: Recommendation,
  reusableIndex: number,
): readonly Recommendation[] {
  const recorded = recommendations.slice();
  if (reusableIndex < 0) recorded.push(recommendation);
  else recorded[reusableIndex] = recommendation;
  return recorded;
}

/**
 * The recommendation that holds a count for longest: of those of `replicas` that a window counts, the youngest.
 *
 * @param isCounted - Whether a recommendation of that time, in milliseconds since the epoch, is in the window.
 * @returns Undefined if there is none.
 */
export function youngestRecommendation(
  recommendations: readonly Recommendation[],
  replicas: number,
  isCounted: (atMs: number) => boolean,
): Recommendation | undefined {
  return recommendations
    .filter(
      (recommendation) => recommendation.replicas === replicas && isCounted(recommendation.atMs),
    )
    .toSorted((left, right) => left.atMs - right.atMs)
    .at(-1);
}
