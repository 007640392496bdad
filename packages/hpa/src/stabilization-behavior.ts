import type { Recommendation } from './hpa-state.ts';
import { recordRecommendation, youngestRecommendation } from './recommendations.ts';
import type { Stabilized } from './stabilization-legacy.ts';

/** Windows of both directions, in seconds. */
export interface StabilizationWindows {
  readonly upSeconds: number;
  readonly downSeconds: number;
}

/** What recent recommendations allow. */
interface Bounds {
  /** Up no further than the lowest of the scale-up window. */
  lowest: number;
  /** Down no further than the highest of the scale-down window. */
  highest: number;
  /** Last entry older than both windows, or -1. */
  reusableIndex: number;
}

/**
 * Stabilizes an HPA with `spec.behavior`: from the current count towards the new one, no further than the
 * windows' recommendations allow. A recommendation exactly as old as a window no longer counts, but its
 * slot is not reused yet.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go stabilizeRecommendationWithBehaviors
 */
export function stabilizeWithBehavior(
  recommendations: readonly Recommendation[],
  desired: Recommendation,
  currentReplicas: number,
  windows: StabilizationWindows,
): Stabilized {
  const { lowest, highest, reusableIndex } = findBounds(recommendations, desired, windows);
  const out = Math.min(Math.max(currentReplicas, lowest), highest);
  const recorded = recordRecommendation(recommendations, desired, reusableIndex);
  if (out === desired.replicas) {
    return {
      trace: { in: out, out, direction: 'none', windowSeconds: 0 },
      recommendations: recorded,
    };
  }
  const isUp = desired.replicas > currentReplicas;
  const windowSeconds = isUp ? windows.upSeconds : windows.downSeconds;
  const cutoffMs = desired.atMs - windowSeconds * 1000;
  const heldBy = youngestRecommendation(
    recommendations,
    isUp ? lowest : highest,
    (atMs) => atMs > cutoffMs,
  );
  return {
    trace: {
      in: desired.replicas,
      out,
      direction: isUp ? 'up' : 'down',
      windowSeconds,
      ...(heldBy && { heldBy }),
    },
    recommendations: recorded,
  };
}

function findBounds(
  recommendations: readonly Recommendation[],
  desired: Recommendation,
  { upSeconds, downSeconds }: StabilizationWindows,
): Bounds {
  const upCutoffMs = desired.atMs - upSeconds * 1000;
  const downCutoffMs = desired.atMs - downSeconds * 1000;
  const { replicas: desiredReplicas } = desired;
  const bounds: Bounds = { lowest: desiredReplicas, highest: desiredReplicas, reusableIndex: -1 };
  let index = 0;
  for (const { atMs, replicas } of recommendations) {
    if (atMs > upCutoffMs) bounds.lowest = Math.min(bounds.lowest, replicas);
    if (atMs > downCutoffMs) bounds.highest = Math.max(bounds.highest, replicas);
    if (atMs < upCutoffMs && atMs < downCutoffMs) bounds.reusableIndex = index;
    index += 1;
  }
  return bounds;
}
