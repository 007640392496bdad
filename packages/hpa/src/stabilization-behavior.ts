import type { StabilizationTrace } from './decision-trace.ts';
import type { Recommendation } from './hpa-state.ts';
import { recordRecommendation } from './recommendations.ts';
import type { Stabilized } from './stabilization-legacy.ts';

/** Windows of both directions, in seconds. */
export interface StabilizationWindows {
  readonly upSeconds: number;
  readonly downSeconds: number;
}

/** What recent recommendations allow. */
interface Bounds {
  /** Up no further than the lowest of the scale-up window. */
  lowest: Recommendation;
  /** Down no further than the highest of the scale-down window. */
  highest: Recommendation;
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
  const out = Math.min(Math.max(currentReplicas, lowest.replicas), highest.replicas);
  return {
    trace: traceOf(desired, { lowest, highest, out, currentReplicas }, windows),
    recommendations: recordRecommendation(recommendations, desired, reusableIndex),
  };
}

function findBounds(
  recommendations: readonly Recommendation[],
  desired: Recommendation,
  { upSeconds, downSeconds }: StabilizationWindows,
): Bounds {
  const upCutoffMs = desired.atMs - upSeconds * 1000;
  const downCutoffMs = desired.atMs - downSeconds * 1000;
  const bounds: Bounds = { lowest: desired, highest: desired, reusableIndex: -1 };
  let index = 0;
  for (const recommendation of recommendations) {
    const { atMs, replicas } = recommendation;
    if (atMs > upCutoffMs && replicas < bounds.lowest.replicas) bounds.lowest = recommendation;
    if (atMs > downCutoffMs && replicas > bounds.highest.replicas) bounds.highest = recommendation;
    if (atMs < upCutoffMs && atMs < downCutoffMs) bounds.reusableIndex = index;
    index += 1;
  }
  return bounds;
}

function traceOf(
  desired: Recommendation,
  found: { lowest: Recommendation; highest: Recommendation; out: number; currentReplicas: number },
  windows: StabilizationWindows,
): StabilizationTrace {
  const { lowest, highest, out, currentReplicas } = found;
  if (out === desired.replicas) {
    return { in: out, out, direction: 'none', windowSeconds: 0 };
  }
  const isUp = desired.replicas >= currentReplicas;
  return {
    in: desired.replicas,
    out,
    direction: isUp ? 'up' : 'down',
    windowSeconds: isUp ? windows.upSeconds : windows.downSeconds,
    heldBy: isUp ? lowest : highest,
  };
}
