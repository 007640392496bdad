import type { MetricTrace } from '../decision-trace.ts';
import { fail, succeed, type Outcome } from '../metric-outcome.ts';
import { countedValues, perPodReplicas, type PerPodProposal } from '../per-pod-replicas.ts';
import { measureAverage, measureUtilization, type UsageMeasure } from '../per-pod-usage.ts';
import { groupPods, type PodGroups } from '../pod-grouping.ts';
import { podRequests } from '../pod-requests.ts';
import type { PodSamples } from '../pod-samples.ts';
import { divideInt64, multiplyInt64, type Int64 } from '../int64.ts';
import type { MetricContext } from './metric-context.ts';
import { perPodTrace } from './per-pod-trace.ts';

/** A per-pod proposal with its part of the trace. */
export interface SampledReplicas {
  readonly proposal: PerPodProposal;
  readonly trace: () => Partial<MetricTrace>;
}

/** Whose samples, and what of. */
export interface SampleSource {
  /** Resource name; undefined for a Pods metric, which no resource's rules apply to. */
  readonly resource?: string;
  /** Only this container; undefined is the whole pod. */
  readonly container?: string | undefined;
}

/** How values are measured and what a missing pod is taken to use on scale-down. */
interface Measure {
  readonly measure: UsageMeasure;
  readonly missingOnScaleDownMilli: (pod: string) => Int64;
}

/** Proposes replicas for a target per pod. */
export function averageReplicas(
  context: MetricContext,
  samples: PodSamples,
  source: SampleSource,
  targetMilli: Int64,
): Outcome<SampledReplicas> {
  return sampledReplicas(context, samples, source, () =>
    succeed({
      measure: (values) => measureAverage(values, targetMilli),
      missingOnScaleDownMilli: () => targetMilli,
    }),
  );
}

/** Proposes replicas for a target in percent of the pods' requests. */
export function utilizationReplicas(
  context: MetricContext,
  samples: PodSamples,
  source: SampleSource & { readonly resource: string },
  targetPercent: number,
): Outcome<SampledReplicas> {
  return sampledReplicas(context, samples, source, () => {
    const podLevelResources = context.profile.featureGates.PodLevelResources;
    const requests = podRequests(context.pods, { ...source, podLevelResources });
    if (!requests.ok) return requests;
    // Pods over a target of more than 100 % would otherwise count as asking for fewer pods.
    const fallbackPercent = Math.max(100, targetPercent);
    return succeed({
      measure: (values) => measureUtilization(values, requests.value, targetPercent),
      missingOnScaleDownMilli: (pod) =>
        divideInt64(multiplyInt64(requests.value.get(pod) ?? 0, fallbackPercent), 100),
    });
  });
}

function sampledReplicas(
  context: MetricContext,
  samples: PodSamples,
  source: SampleSource,
  createMeasure: () => Outcome<Measure>,
): Outcome<SampledReplicas> {
  const { pods, profile, nowMs, currentReplicas, tolerances } = context;
  if (pods.length === 0)
    return fail('no pods returned by selector while calculating replica count');
  const groups: PodGroups = groupPods(pods, samples, {
    isCpu: source.resource === 'cpu',
    profile,
    nowMs,
  });
  const values = countedValues(samples, groups);
  if (!values.ok) return values;
  const created = createMeasure();
  if (!created.ok) return created;
  const { measure, missingOnScaleDownMilli } = created.value;
  const proposal = perPodReplicas({
    currentReplicas,
    values: values.value,
    groups,
    tolerances,
    measure,
    missingOnScaleDownMilli,
  });
  if (!proposal.ok) return proposal;
  return succeed({
    proposal: proposal.value,
    trace: () => perPodTrace(proposal.value, groups, samples, tolerances),
  });
}
