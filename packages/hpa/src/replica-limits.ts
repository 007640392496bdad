import type { LimitTrace, PolicyTrace } from './decision-trace.ts';
import { int32FromFloat } from './int32.ts';

/** The HPA's own range. */
export interface ReplicaRange {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** Growth per reconcile without `spec.behavior`. */
const LEGACY_GROWTH_FACTOR = 2;
/** Replicas that may be reached at once without `spec.behavior`, however few there are. */
const LEGACY_GROWTH_FLOOR = 4;

/**
 * Cuts a count to the range without `spec.behavior`: twice the current count at most, or 4. The minimum is
 * looked at first, so it wins over the growth limit.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go convertDesiredReplicasWithRules
 */
export function limitWithoutBehavior(
  desired: number,
  currentReplicas: number,
  { minReplicas, maxReplicas }: ReplicaRange,
): LimitTrace {
  const growthLimit = int32FromFloat(
    Math.max(LEGACY_GROWTH_FACTOR * currentReplicas, LEGACY_GROWTH_FLOOR),
  );
  if (desired < minReplicas) {
    return { in: desired, out: minReplicas, reason: 'TooFewReplicas' };
  }
  const highest = Math.min(maxReplicas, growthLimit);
  if (desired > highest) {
    const reason = maxReplicas > growthLimit ? 'ScaleUpLimit' : 'TooManyReplicas';
    return { in: desired, out: highest, reason };
  }
  return { in: desired, out: desired, reason: 'DesiredWithinRange' };
}

/**
 * Cuts a count to the range and to what the policies of its direction allow. A count that equals the
 * current one is not looked at.
 *
 * @param policyOf - Gives the limit of a direction's policies; only asked for the direction of the change.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go convertDesiredReplicasWithBehaviorRate
 */
export function limitWithBehavior(
  desired: number,
  currentReplicas: number,
  range: ReplicaRange,
  policyOf: (direction: 'up' | 'down') => PolicyTrace,
): LimitTrace {
  if (desired > currentReplicas) {
    return limitUp(desired, currentReplicas, range.maxReplicas, policyOf('up'));
  }
  if (desired < currentReplicas) {
    return limitDown(desired, currentReplicas, range.minReplicas, policyOf('down'));
  }
  return { in: desired, out: desired, reason: 'DesiredWithinRange' };
}

function limitUp(
  desired: number,
  currentReplicas: number,
  maxReplicas: number,
  policy: PolicyTrace,
): LimitTrace {
  // Recent growth can put the limit below the current count; it never makes a scale-up a scale-down.
  const limit = Math.max(policy.limit, currentReplicas);
  const highest = Math.min(maxReplicas, limit);
  if (desired <= highest)
    return { in: desired, out: desired, reason: 'DesiredWithinRange', policy };
  const reason = maxReplicas > limit ? 'ScaleUpLimit' : 'TooManyReplicas';
  return { in: desired, out: highest, reason, policy };
}

function limitDown(
  desired: number,
  currentReplicas: number,
  minReplicas: number,
  policy: PolicyTrace,
): LimitTrace {
  const limit = Math.min(policy.limit, currentReplicas);
  const lowest = Math.max(minReplicas, limit);
  if (desired >= lowest) return { in: desired, out: desired, reason: 'DesiredWithinRange', policy };
  const reason = minReplicas < limit ? 'ScaleDownLimit' : 'TooFewReplicas';
  return { in: desired, out: lowest, reason, policy };
}
