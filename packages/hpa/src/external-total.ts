import { addInt64, MAX_INT64, type Int64 } from './int64.ts';

/**
 * Sums the series of an External metric with a Value target; too large a sum is the largest int64.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetExternalMetricReplicas
 */
export function externalValueTotal(seriesMilli: readonly Int64[]): Int64 {
  let totalMilli: Int64 = 0;
  for (const valueMilli of seriesMilli) {
    const sumMilli = addInt64(totalMilli, valueMilli);
    // A sum that fell although something was added has wrapped.
    if (valueMilli > 0 && sumMilli < totalMilli) return MAX_INT64;
    totalMilli = sumMilli;
  }
  return totalMilli;
}

/**
 * Sums the series of an External metric with an AverageValue target. A sum below zero is taken for an
 * overflow and becomes the largest int64, so one negative series asks for as many replicas as there can be.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetExternalPerPodMetricReplicas
 */
export function externalAverageTotal(seriesMilli: readonly Int64[]): Int64 {
  let totalMilli: Int64 = 0;
  for (const valueMilli of seriesMilli) {
    totalMilli = addInt64(totalMilli, valueMilli);
    if (totalMilli < 0) return MAX_INT64;
  }
  return totalMilli;
}
