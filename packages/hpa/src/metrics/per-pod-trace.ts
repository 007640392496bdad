import type { MetricTrace } from '../decision-trace.ts';
import { groupCounts, type PerPodProposal } from '../per-pod-replicas.ts';
import type { PodGroups } from '../pod-grouping.ts';
import { oldestSampleAtMs, type PodSamples } from '../pod-samples.ts';
import type { Tolerances } from '../tolerance.ts';

/** The trace's part that all per-pod metrics share. */
export function perPodTrace(
  proposal: PerPodProposal,
  groups: PodGroups,
  samples: PodSamples,
  tolerance: Tolerances,
): Partial<MetricTrace> {
  const oldestAtMs = oldestSampleAtMs(samples);
  return {
    usageRatio: proposal.usage.ratio,
    ...(proposal.correctedRatio !== undefined && { correctedRatio: proposal.correctedRatio }),
    tolerance,
    pods: groupCounts(groups),
    rule: proposal.rule,
    ...(proposal.countedPods !== undefined && { countedPods: proposal.countedPods }),
    proposal: proposal.replicas,
    ...(oldestAtMs !== undefined && { oldestSampleAtMs: oldestAtMs }),
  };
}
