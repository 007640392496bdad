import { addInt64, divideInt64, multiplyInt64, type Int64 } from './int64.ts';
import { int32FromInt64 } from './int32.ts';
import { fail, succeed, type Outcome } from './metric-outcome.ts';
import type { PodRequests } from './pod-requests.ts';

/** Values in thousandths by pod name, missing and unready pods filled in or not. */
export type PodValues = ReadonlyMap<string, { readonly valueMilli: Int64 }>;

/** Use against a target. */
export interface Usage {
  /** Use ÷ target. */
  readonly ratio: number;
  /** Average per pod in thousandths, cut to an integer. */
  readonly averageMilli: Int64;
  /** Percent of the requests, cut to an integer; only for a utilization target. */
  readonly utilizationPercent?: number;
}

/** Measures pods' values against a target. */
export type UsageMeasure = (values: PodValues) => Outcome<Usage>;

/**
 * Measures use as a percentage of the requests; pods without a request (not selected) do not count.
 *
 * The percentage is cut to an integer before the ratio is taken, and all sums wrap as int64.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/utilization.go GetResourceUtilizationRatio
 */
export function measureUtilization(
  values: PodValues,
  requests: PodRequests,
  targetPercent: number,
): Outcome<Usage> {
  let totalMilli: Int64 = 0;
  let requestedMilli: Int64 = 0;
  let podCount = 0;
  for (const [pod, { valueMilli }] of values) {
    const requestMilli = requests.get(pod);
    if (requestMilli === undefined) continue;
    totalMilli = addInt64(totalMilli, valueMilli);
    requestedMilli = addInt64(requestedMilli, requestMilli);
    podCount += 1;
  }
  if (requestedMilli === 0) return fail('no metrics returned matched known pods');
  const percent = divideInt64(multiplyInt64(totalMilli, 100), requestedMilli);
  const utilizationPercent = int32FromInt64(percent);
  return succeed({
    ratio: utilizationPercent / targetPercent,
    averageMilli: divideInt64(totalMilli, podCount),
    utilizationPercent,
  });
}

/**
 * Measures the plain average over all values, those of unknown pods included. `values` is not empty.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/utilization.go GetMetricUsageRatio
 */
export function measureAverage(values: PodValues, targetMilli: Int64): Outcome<Usage> {
  let totalMilli: Int64 = 0;
  for (const { valueMilli } of values.values()) totalMilli = addInt64(totalMilli, valueMilli);
  const averageMilli = divideInt64(totalMilli, values.size);
  return succeed({ ratio: Number(averageMilli) / Number(targetMilli), averageMilli });
}
