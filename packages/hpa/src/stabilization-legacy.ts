import type { StabilizationTrace } from './decision-trace.ts';
import type { Recommendation } from './hpa-state.ts';
import { recordRecommendation, youngestRecommendation } from './recommendations.ts';

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
  let highest = desired.replicas;
  let reusableIndex = -1;
  let index = 0;
  for (const { atMs, replicas } of recommendations) {
    if (atMs < cutoffMs) reusableIndex = index;
    else highest = Math.max(highest, replicas);
    index += 1;
  }
  const heldBy =
    highest === desired.replicas
      ? undefined
      : youngestRecommendation(recommendations, highest, (atMs) => atMs >= cutoffMs);
  return {
    trace: {
      in: desired.replicas,
      out: highest,
      direction: heldBy ? 'down' : 'none',
      windowSeconds,
      ...(heldBy && { heldBy }),
    },
    recommendations: recordRecommendation(recommendations, desired, reusableIndex),
  };
}
