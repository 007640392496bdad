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
