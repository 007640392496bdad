import { missing, type Observed, type Quantity } from '@bellows/core';
import { resultError, type QueryResult, type QuerySample } from './query-result.ts';
import { sampleQuantity, type NanPolicy } from './sample-quantity.ts';

/**
 * The value of each object that a vector has one for. Samples of other objects, or without the label, are
 * left out; of two for one object the later one stays.
 *
 * @param label - Names the object in a sample.
 * @returns By name, in the order of `names`; a value that is no number is missing with its reason.
 * @throws BellowsError `ERR_ADAPTER_RESULT` for an answer that is no vector.
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/custom-provider/provider.go
 */
export function objectValues(
  result: QueryResult,
  label: string,
  names: readonly string[],
  nanPolicy: NanPolicy,
): ReadonlyMap<string, Observed<Quantity>> {
  if (result.type !== 'vector') throw resultError('a vector', result);
  const samples = new Map<string, QuerySample>();
  for (const sample of result.samples) samples.set(sample.labels[label] ?? '', sample);
  return new Map(
    names.map((name) => {
      const sample = name === '' ? undefined : samples.get(name);
      const value =
        sample === undefined
          ? missing('Prometheus has no sample of it')
          : sampleQuantity(sample.value, sample.timestampMs, nanPolicy);
      return [name, value];
    }),
  );
}
