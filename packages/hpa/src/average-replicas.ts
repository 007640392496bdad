import { int32FromFloat, MAX_INT32 } from './int32.ts';
import { int64FromFloat, MAX_INT64, type Int64 } from './int64.ts';
import { isWithinTolerance, type Tolerances } from './tolerance.ts';
import type { RuledReplicas } from './value-replicas.ts';

/** What an AverageValue target of a total is computed from. */
export interface AverageInput {
  readonly totalMilli: Int64;
  /** Target per pod, in thousandths. */
  readonly targetMilli: Int64;
  /** `scale.status.replicas`. */
  readonly statusReplicas: number;
  readonly tolerances: Tolerances;
}

/** Replicas, and what the status reports. */
export interface AverageProposal extends RuledReplicas {
  readonly usageRatio: number;
  /** Total per pod, in thousandths. */
  readonly averageMilli: Int64;
}

/** The count that only the tolerance depends on is the number of pods there are, not of those asked for. */
function proposeFromTotal(input: AverageInput, roundTotal: (ratio: number) => number) {
  const { totalMilli, targetMilli, statusReplicas, tolerances } = input;
  const usageRatio = Number(totalMilli) / (Number(targetMilli) * statusReplicas);
  if (isWithinTolerance(usageRatio, tolerances)) {
    return { usageRatio, replicas: statusReplicas, rule: 'withinTolerance' } as const;
  }
  const replicas = roundTotal(Math.ceil(Number(totalMilli) / Number(targetMilli)));
  return { usageRatio, replicas, rule: 'total' } as const;
}

/**
 * Proposes replicas for an Object metric with a target per pod: total ÷ target, rounded up.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetObjectPerPodMetricReplicas
 */
export function objectAverageReplicas(input: AverageInput): AverageProposal {
  return {
    ...proposeFromTotal(input, int32FromFloat),
    averageMilli: averageOf(input),
  };
}

/**
 * Proposes replicas for an External metric with a target per pod: as for an Object metric, but held at the
 * largest int32 and int64.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetExternalPerPodMetricReplicas
 */
export function externalAverageReplicas(input: AverageInput): AverageProposal {
  return {
    ...proposeFromTotal(input, (count) => (count > MAX_INT32 ? MAX_INT32 : int32FromFloat(count))),
    averageMilli: Number(input.totalMilli) >= Number(MAX_INT64) ? MAX_INT64 : averageOf(input),
  };
}

/** Over no pods this is infinite or NaN, which reports the smallest int64. */
function averageOf({ totalMilli, statusReplicas }: AverageInput): Int64 {
  return int64FromFloat(Math.ceil(Number(totalMilli) / statusReplicas));
}
