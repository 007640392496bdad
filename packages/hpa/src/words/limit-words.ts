import type { LimitTrace, PolicyTrace, StabilizationTrace } from '../decision-trace.ts';

/** The HPA's range, as the words name it. */
export interface RangeWords {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/**
 * Says which earlier recommendation holds the count:
 * `the 9 recommended 45 s ago still hold (scale-down window 300 s)`. Undefined if none does.
 */
export function stabilizationWords(
  { heldBy, direction, windowSeconds }: StabilizationTrace,
  nowMs: number,
): string | undefined {
  if (heldBy === undefined || direction === 'none') return undefined;
  const ageSeconds = Math.round((nowMs - heldBy.atMs) / 1000);
  // A controller that meets an HPA takes the count it finds for its first recommendation.
  const origin = heldBy.atMs === nowMs ? 'found at the start' : `recommended ${ageSeconds} s ago`;
  const verb = heldBy.replicas === 1 ? 'holds' : 'hold';
  return `the ${heldBy.replicas} ${origin} still ${verb} (scale-${direction} window ${windowSeconds} s)`;
}

/** Says what cut the count: a policy, or the HPA's own range. Undefined if nothing did. */
export function limitWords(limit: LimitTrace, range: RangeWords): string | undefined {
  if (limit.in === limit.out) return undefined;
  switch (limit.reason) {
    case 'TooManyReplicas':
      return `maxReplicas is ${range.maxReplicas}`;
    case 'TooFewReplicas':
      return `minReplicas is ${range.minReplicas}`;
    case 'ScaleUpLimit':
    case 'ScaleDownLimit':
      return policyWords(limit.policy);
    case 'DesiredWithinRange':
      return undefined;
  }
}

function policyWords(policy: PolicyTrace | undefined): string {
  if (policy === undefined) {
    return 'without spec.behavior one step goes to twice the count at most, or to 4';
  }
  const { direction, selectPolicy, chosen } = policy;
  if (selectPolicy === 'Disabled') return `scale-${direction} is disabled`;
  if (chosen === undefined) return `no scale-${direction} policy allows a change`;
  const { type, value, periodSeconds, periodStartReplicas } = chosen;
  const amount = type === 'Percent' ? `${value}%` : `${value} ${value === 1 ? 'pod' : 'pods'}`;
  return `scale-${direction} policy allows ${amount} per ${periodSeconds} s, counted from ${periodStartReplicas}`;
}
