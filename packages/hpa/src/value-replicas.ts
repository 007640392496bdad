import type { ObservedPod } from './observation.ts';
import type { ProposalRule } from './decision-trace.ts';
import { int32FromFloat, MAX_INT32 } from './int32.ts';
import { fail, prefixed, succeed, type Outcome } from './metric-outcome.ts';
import { isWithinTolerance, type Tolerances } from './tolerance.ts';

/** What a Value target is computed from. */
export interface ValueInput {
  readonly usageRatio: number;
  readonly currentReplicas: number;
  readonly pods: readonly ObservedPod[];
  readonly tolerances: Tolerances;
}

/** Replicas and how they came about. */
export interface RuledReplicas {
  readonly replicas: number;
  readonly rule: ProposalRule;
  /** Ready pods that the ratio was multiplied with; absent where pods did not matter. */
  readonly countedPods?: number;
}

/**
 * Proposes replicas from the ratio of a total to its target: times the pods that are ready now. From zero
 * replicas the ratio itself is the count, without tolerance.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go getUsageRatioReplicaCount
 */
export function valueReplicas(input: ValueInput): Outcome<RuledReplicas> {
  const { usageRatio, currentReplicas, pods, tolerances } = input;
  if (currentReplicas === 0) {
    return succeed({ replicas: int32FromFloat(Math.ceil(usageRatio)), rule: 'ratio' });
  }
  if (isWithinTolerance(usageRatio, tolerances)) {
    return succeed({ replicas: currentReplicas, rule: 'withinTolerance' });
  }
  if (pods.length === 0) {
    const cause = 'no pods returned by selector while calculating replica count';
    return prefixed('unable to calculate ready pods', fail(cause));
  }
  const countedPods = pods.filter(isRunningAndReady).length;
  const product = usageRatio * countedPods;
  const replicas = product > MAX_INT32 ? MAX_INT32 : int32FromFloat(Math.ceil(product));
  return succeed({ replicas, rule: 'ratio', countedPods });
}

/** Terminating pods count here, other than in per-pod metrics. */
function isRunningAndReady(pod: ObservedPod): boolean {
  return pod.phase === 'Running' && pod.ready === 'True';
}
