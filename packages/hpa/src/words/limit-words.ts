import type { LimitTrace, PolicyTrace, StabilizationTrace } from '../decision-trace.ts';
import type { ReplicaRange } from '../replica-limits.ts';
import { reasonOf, type Reason } from './reason-of.ts';

/**
 * Says which earlier recommendation holds the count:
 * `the 9 recommended 45 s ago still hold (scale-down window 300 s)`. Undefined if none does.
 */
export function stabilizationReason(
  { heldBy, direction, windowSeconds }: StabilizationTrace,
  nowMs: number,
): Reason | undefined {
  if (heldBy === undefined || direction === 'none') return undefined;
  const ageSeconds = Math.round((nowMs - heldBy.atMs) / 1000);
  // A controller that meets an HPA takes the count it finds for its first recommendation.
  const origin = heldBy.atMs === nowMs ? 'found at the start' : `recommended ${ageSeconds} s ago`;
  const verb = heldBy.replicas === 1 ? 'holds' : 'hold';
  const { replicas } = heldBy;
  const values = { replicas, origin, verb, direction, windowSeconds };
  return reasonOf('stabilization-window', values);
}

/** Says what cut the count: a policy, or the HPA's own range. Undefined if nothing did. */
export function limitReason(
  limit: LimitTrace,
  { minReplicas, maxReplicas }: ReplicaRange,
): Reason | undefined {
  if (limit.in === limit.out) return undefined;
  switch (limit.reason) {
    case 'TooManyReplicas':
      return reasonOf('max-replicas', { maxReplicas });
    case 'TooFewReplicas':
      return reasonOf('min-replicas', { minReplicas });
    case 'ScaleUpLimit':
    case 'ScaleDownLimit':
      return policyReason(limit.policy);
    case 'DesiredWithinRange':
      return undefined;
  }
}

function policyReason(policy: PolicyTrace | undefined): Reason {
  if (policy === undefined) return reasonOf('growth-limit', {});
  const { direction, selectPolicy, chosen } = policy;
  if (selectPolicy === 'Disabled') return reasonOf('direction-disabled', { direction });
  if (chosen === undefined) return reasonOf('no-policy', { direction });
  const { type, value, periodSeconds, periodStartReplicas: start } = chosen;
  const amount = type === 'Percent' ? `${value}%` : `${value} ${value === 1 ? 'pod' : 'pods'}`;
  return reasonOf('policy', { direction, amount, periodSeconds, start });
}
