import { Quantity } from '@bellows/core';
import type { ExternalMetricPath } from '../api/api-path.ts';
import {
  externalMetricValueList,
  type ExternalMetricValue,
} from '../api/external-metric-value-list.ts';
import { refusals } from '../api/refusals.ts';
import type { ExternalReading, Source } from '../source/source.ts';
import { readSelector, type MetricAnswer } from './metric-answer.ts';
import { Refusal } from './refusal.ts';

const ZERO = Quantity.fromMilli(0n);

/**
 * Values of an external metric, of the first source that knows it; none if it has no series. A negative one becomes 0: an autoscaler
 * takes a sum below 0 for an overflow, and asks for as many pods as it may.
 *
 * @throws Refusal 404 when no source knows it, 503 when one of its values is missing; BellowsError for a selector that is none, and as
 *   the source does.
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/replica_calculator.go GetExternalPerPodMetricReplicas
 */
export async function answerExternalMetric(
  { metric, namespace }: ExternalMetricPath,
  query: URLSearchParams,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<MetricAnswer> {
  const selector = readSelector(query, 'labelSelector');
  for (const source of sources) {
    const readings = await source.external?.read({ metric, namespace, selector }, signal);
    if (readings === undefined) continue;
    const items = readings.map((reading) => itemOf(metric, reading));
    return { body: externalMetricValueList(items), source: source.name };
  }
  const message = `the server could not find the external metric ${metric}`;
  throw new Refusal({ code: 404, reason: 'NotFound', message });
}

function itemOf(metric: string, reading: ExternalReading): ExternalMetricValue {
  const { labels, value, windowSeconds } = reading;
  if (value.kind === 'missing') {
    const message = `the external metric ${metric} has no value: ${value.reason}`;
    throw new Refusal({
      ...refusals.serviceUnavailable(message),
      details: { causes: [{ reason: 'NoValue', message: value.reason }] },
    });
  }
  return {
    ...{ metric, timestampMs: value.atMs },
    value: value.value.sign() < 0 ? ZERO : value.value,
    ...(labels && { labels }),
    ...(windowSeconds !== undefined && { windowSeconds }),
  };
}
