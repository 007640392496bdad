import type { PodGroupCounts, ProposalRule } from './decision-trace.ts';
import { int32FromFloat } from './int32.ts';
import type { Int64 } from './int64.ts';
import { fail, succeed, type Outcome } from './metric-outcome.ts';
import type { PodValues, Usage, UsageMeasure } from './per-pod-usage.ts';
import type { PodGroups } from './pod-grouping.ts';
import type { PodSamples } from './pod-samples.ts';
import { isWithinTolerance, type Tolerances } from './tolerance.ts';

/** What a per-pod metric is computed from. */
export interface PerPodInput {
  readonly currentReplicas: number;
  /** As {@link countedValues} returns them. */
  readonly values: PodValues;
  readonly groups: PodGroups;
  readonly tolerances: Tolerances;
  readonly measure: UsageMeasure;
  /** What a pod without a sample is taken to use when the rest asks for fewer pods, in thousandths. */
  readonly missingOnScaleDownMilli: (pod: string) => Int64;
}

/** What a per-pod metric proposes. */
export interface PerPodProposal {
  readonly replicas: number;
  /** As first measured, which is what the status reports. */
  readonly usage: Usage;
  readonly correctedRatio?: number;
  /** Pods that the ratio was multiplied with; absent where the current count stays. */
  readonly countedPods?: number;
  readonly rule: ProposalRule;
}

/**
 * Proposes replicas from samples of pods: the ratio times the pods that count, rounded up. Missing and
 * unready pods damp the change and can stop it, but never turn it around.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetResourceReplicas,
 * calcPlainMetricReplicas
 */
export function perPodReplicas(input: PerPodInput): Outcome<PerPodProposal> {
  const { groups, tolerances, currentReplicas } = input;
  const first = input.measure(input.values);
  if (!first.ok) return first;
  const usage = first.value;

  const isScaleUpWithUnready = groups.unready.size > 0 && usage.ratio > 1;
  if (isScaleUpWithUnready || groups.missing.size > 0) {
    return correctedReplicas(input, usage, fillIn(input, usage.ratio));
  }
  if (isWithinTolerance(usage.ratio, tolerances)) {
    return succeed({ replicas: currentReplicas, usage, rule: 'withinTolerance' });
  }
  const countedPods = groups.readyCount;
  const replicas = ceilTimes(usage.ratio, countedPods);
  return succeed({ replicas, usage, countedPods, rule: 'ratio' });
}

/** Pods by group, for the trace. */
export function groupCounts(groups: PodGroups): PodGroupCounts {
  return {
    ready: groups.readyCount,
    unready: groups.unready.size,
    missing: groups.missing.size,
    ignored: groups.ignored.size,
  };
}

/** Takes the values that count: those of ready pods, and of pods that the selector does not know. */
export function countedValues(samples: PodSamples, groups: PodGroups): Outcome<PodValues> {
  const values = isEveryPodCounted(groups) ? samples : withoutUncounted(samples, groups);
  return values.size === 0
    ? fail('did not receive metrics for targeted pods (pods might be unready)')
    : succeed(values);
}

function isEveryPodCounted({ ignored, unready }: PodGroups): boolean {
  return ignored.size === 0 && unready.size === 0;
}

function withoutUncounted(samples: PodSamples, { ignored, unready }: PodGroups): PodValues {
  const values = new Map(samples);
  for (const pod of ignored) values.delete(pod);
  for (const pod of unready) values.delete(pod);
  return values;
}

/** A pod that uses nothing. */
const IDLE = { valueMilli: 0 };

/** Counts pods without a usable sample in such a way that they weaken the change. */
function fillIn(input: PerPodInput, ratio: number): PodValues {
  const { missing, unready } = input.groups;
  const values = new Map(input.values);
  if (ratio < 1) {
    for (const pod of missing) {
      values.set(pod, { valueMilli: input.missingOnScaleDownMilli(pod) });
    }
  } else if (ratio > 1) {
    for (const pod of missing) values.set(pod, IDLE);
    for (const pod of unready) values.set(pod, IDLE);
  }
  return values;
}

function correctedReplicas(
  input: PerPodInput,
  usage: Usage,
  values: PodValues,
): Outcome<PerPodProposal> {
  const { currentReplicas, tolerances } = input;
  const second = input.measure(values);
  if (!second.ok) return second;
  const { ratio } = second.value;
  const keepCurrent = (rule: ProposalRule): Outcome<PerPodProposal> =>
    succeed({ replicas: currentReplicas, usage, correctedRatio: ratio, rule });

  if (isWithinTolerance(ratio, tolerances)) {
    return keepCurrent('correctedWithinTolerance');
  }
  if ((usage.ratio < 1 && ratio > 1) || (usage.ratio > 1 && ratio < 1)) {
    return keepCurrent('correctedDirectionChanged');
  }
  const replicas = ceilTimes(ratio, values.size);
  if ((ratio < 1 && replicas > currentReplicas) || (ratio > 1 && replicas < currentReplicas)) {
    return keepCurrent('correctedAgainstCount');
  }
  const countedPods = values.size;
  return succeed({ replicas, usage, correctedRatio: ratio, countedPods, rule: 'correctedRatio' });
}

/** Multiplies in float64 and rounds up: 2.2 × 50 is 110.00000000000001 there, so 111. */
function ceilTimes(ratio: number, podCount: number): number {
  return int32FromFloat(Math.ceil(ratio * podCount));
}
