import type { StabilizationTrace } from './decision-trace.ts';
import type { Recommendation } from './hpa-state.ts';
import { recordRecommendation } from './recommendations.ts';

/** The stabilized count and the recommendations to remember. */
export interface Stabilized {
  readonly trace: StabilizationTrace;
  readonly recommendations: readonly Recommendation[];
}

/**
 * Stabilizes an HPA without `spec.behavior`: the highest recommendation of the window wins. An old high one
 * can even raise the count. A recommendation exactly as old as the window counts.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go stabilizeRecommendation
 */
export function stabilizeWithoutBehavior(
  recommendations: readonly Recommendation[],
  desired: Recommendation,
  windowSeconds: number,
): Stabilized {
  const cutoffMs = desired.atMs - windowSeconds * 1000;
  let highest = desired;
  let reusableIndex = -1;
  let index = 0;
  for (const recommendation of recommendations) {
    if (recommendation.atMs < cutoffMs) reusableIndex = index;
    else if (recommendation.replicas > highest.replicas) highest = recommendation;
    index += 1;
  }
  const isHeld = highest !== desired;
  return {
    trace: {
      in: desired.replicas,
      out: highest.replicas,
      direction: isHeld ? 'down' : 'none',
      windowSeconds,
      ...(isHeld && { heldBy: highest }),
    },
    recommendations: recordRecommendation(recommendations, desired, reusableIndex),
  };
}
