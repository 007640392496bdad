import type { HpaSpec, ScalingRules } from './hpa-spec.ts';
import type { ToleranceTrace } from './decision-trace.ts';
import type { Profile } from './profile.ts';
import { parseQuantity } from './milli-value.ts';

/** Dead band around a usage ratio of 1, per direction. */
export type Tolerances = ToleranceTrace;

/**
 * Whether a usage ratio is so near to 1 that the replicas stay. Both bounds are inside; NaN is not.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go isWithin
 */
export function isWithinTolerance(usageRatio: number, tolerances: Tolerances): boolean {
  return 1 - tolerances.downRatio <= usageRatio && usageRatio <= 1 + tolerances.upRatio;
}

/**
 * The tolerances of an HPA: the controller's, or its own per direction.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/horizontal.go tolerancesForHpa
 */
export function tolerancesOf(spec: HpaSpec, profile: Profile): Tolerances {
  const behavior = profile.featureGates.HPAConfigurableTolerance ? spec.behavior : undefined;
  return {
    downRatio: ownTolerance(behavior?.scaleDown) ?? profile.toleranceRatio,
    upRatio: ownTolerance(behavior?.scaleUp) ?? profile.toleranceRatio,
  };
}

/** In float64 as Go computes it from the canonical quantity: `59m` is 59 × 0.001, not 0.059. */
function ownTolerance(rules: ScalingRules | undefined): number | undefined {
  return rules?.tolerance === undefined
    ? undefined
    : parseQuantity(rules.tolerance, 'tolerance').asApproximateNumber();
}
