import { addInt64, MAX_INT64 } from './int64.ts';

/**
 * Sums the series of an External metric with a Value target; too large a sum is the largest int64.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetExternalMetricReplicas
 */
export function externalValueTotal(seriesMilli: readonly bigint[]): bigint {
  let totalMilli = 0n;
  for (const valueMilli of seriesMilli) {
    if (valueMilli > 0n && totalMilli > MAX_INT64 - valueMilli) return MAX_INT64;
    totalMilli = addInt64(totalMilli, valueMilli);
  }
  return totalMilli;
}

/**
 * Sums the series of an External metric with an AverageValue target. A sum below zero is taken for an
 * overflow and becomes the largest int64, so one negative series asks for as many replicas as there can be.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetExternalPerPodMetricReplicas
 */
export function externalAverageTotal(seriesMilli: readonly bigint[]): bigint {
  let totalMilli = 0n;
  for (const valueMilli of seriesMilli) {
    totalMilli = addInt64(totalMilli, valueMilli);
    if (totalMilli < 0n) return MAX_INT64;
  }
  return totalMilli;
}
