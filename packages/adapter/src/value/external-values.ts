import type { Observed, Quantity } from '@bellows/core';
import { resultError, type QueryResult } from './query-result.ts';
import { sampleQuantity } from './sample-quantity.ts';

/** One value of an external metric. */
export interface ExternalValue {
  /** Labels of its sample; undefined for a scalar. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  /** Cut to thousandths; the sample's time is its own. */
  readonly value: Observed<Quantity>;
}

/**
 * The values of an external metric, in the answer's order. What is no number is missing.
 *
 * @throws BellowsError `ERR_ADAPTER_RESULT` for an answer that is neither a vector nor a scalar.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/external-provider/metric_converter.go
 */
export function externalValues(result: QueryResult): ExternalValue[] {
  const { type, samples } = result;
  if (type !== 'vector' && type !== 'scalar') throw resultError('a vector or a scalar', result);
  return samples.map(({ labels, value, timestampMs }) => ({
    labels: type === 'scalar' ? undefined : labels,
    value: sampleQuantity(value, timestampMs, 'missing'),
  }));
}
