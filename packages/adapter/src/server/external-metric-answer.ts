import { Quantity, type BellowsError } from '@bellows/core';
import type { ExternalMetricPath } from '../api/api-path.ts';
import {
  externalMetricValueList,
  type ExternalMetricValue,
} from '../api/external-metric-value-list.ts';
import { refusals } from '../api/refusals.ts';
import type { ExternalReading, Source } from '../source/source.ts';
import { leavesToOthers, readSelector, type MetricAnswer } from './metric-answer.ts';
import { Refusal } from './refusal.ts';

const ZERO = Quantity.fromMilli(0n);

/**
 * Values of an external metric, of the first source that knows it; none if it has no series. A negative one becomes 0: an autoscaler
 * takes a sum below 0 for an overflow, and asks for as many pods as it may. An error of one that does not list the metric is told when no
 * other knows it, see `leavesToOthers`.
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
  let failure: BellowsError | undefined;
  for (const source of sources) {
    const { external, name } = source;
    const asked = external?.read({ metric, namespace, selector }, signal);
    const readings = await asked?.catch((error: unknown) => {
      if (!leavesToOthers(error, metric, external?.list() ?? [])) throw error;
      failure ??= error;
      return undefined;
    });
    if (readings === undefined) continue;
    const items = readings.map((reading) => itemOf(metric, reading));
    const clampedValues = readings.filter(({ value }) => isNegative(value)).length;
    const body = externalMetricValueList(items);
    return { body, source: name, ...(clampedValues > 0 && { clampedValues }) };
  }
  if (failure !== undefined) throw failure;
  const message = `the server could not find the external metric ${metric}`;
  throw new Refusal({ code: 404, reason: 'NotFound', message });
}

function isNegative(value: ExternalReading['value']): boolean {
  return value.kind === 'value' && value.value.sign() < 0;
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
    value: isNegative(value) ? ZERO : value.value,
    ...(labels && { labels }),
    ...(windowSeconds !== undefined && { windowSeconds }),
  };
}
