import { toLabelSelector } from '@bellows/core';
import type { CustomMetricPath } from '../api/api-path.ts';
import { metricValueList, type MetricValue } from '../api/metric-value-list.ts';
import { refusals } from '../api/refusals.ts';
import type { Status } from '../api/status.ts';
import type { ObjectMetricRequest, ObjectMetricValue, Source } from '../source/source.ts';
import {
  leavesToOthers,
  readFieldSelector,
  readSelector,
  type MetricAnswer,
} from './metric-answer.ts';
import { Refusal } from './refusal.ts';

/**
 * Values of a custom metric, of the first source that has any. An error of one that does not list the metric is told when no other has
 * it, see `leavesToOthers`.
 *
 * @throws Refusal 404 when no source knows it or there is no value; BellowsError for a selector that is none, and as the source does.
 */
export async function answerCustomMetric(
  path: CustomMetricPath,
  query: URLSearchParams,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<MetricAnswer> {
  const request = readRequest(path, query);
  // Before a source is asked: an operator that has no form in the answer.
  const selector = request.metricSelector.isEmpty
    ? undefined
    : toLabelSelector(request.metricSelector);
  let refusal: Error | undefined;
  for (const source of sources) {
    const { custom } = source;
    const values = await custom?.read(request, signal).catch((error: unknown) => {
      const listed = custom.list().map((one) => one.metric);
      if (!leavesToOthers(error, path.metric, listed)) throw error;
      refusal ??= error;
      return undefined;
    });
    if (values === undefined) continue;
    const items = values.flatMap((value) => itemOf(value, path.metric, selector));
    if (items.length === 0) {
      // An autoscaler may name a metric that is on no pod's page, but in a Prometheus.
      refusal ??= new Refusal(withoutValue(request, values));
      continue;
    }
    return { body: metricValueList(path.version, items), source: source.name };
  }
  throw refusal ?? new Refusal(refusals.metricNotFound(path.resource, path.metric));
}

function readRequest(path: CustomMetricPath, query: URLSearchParams): ObjectMetricRequest {
  const { resource, namespace, name, metric } = path;
  const isOne = name !== '*';
  const fits = readFieldSelector(query, ['metadata.name']);
  if (fits?.({ 'metadata.name': name }) === false) {
    const reason = `Expected a fieldSelector that is metadata.name=${name}, as in the path`;
    throw new Refusal(refusals.badRequest(reason));
  }
  return {
    ...{ resource, namespace, metric },
    ...(isOne && { name }),
    objectSelector: readSelector(query, 'labelSelector'),
    metricSelector: readSelector(query, 'metricLabelSelector'),
  };
}

function itemOf(
  { object, value, windowSeconds }: ObjectMetricValue,
  metric: string,
  selector: MetricValue['selector'],
): MetricValue[] {
  if (value.kind === 'missing') return [];
  return [
    {
      ...{ object, metric, value: value.value, timestampMs: value.atMs },
      ...(selector && { selector }),
      ...(windowSeconds !== undefined && { windowSeconds }),
    },
  ];
}

/** An autoscaler shows its user the message, so the reason stands in it. */
function withoutValue(
  { resource, metric, name, metricSelector }: ObjectMetricRequest,
  values: readonly ObjectMetricValue[],
): Status {
  const status =
    name === undefined
      ? refusals.metricNotFound(resource, metric)
      : metricSelector.isEmpty
        ? refusals.metricNotFoundFor(resource, metric, name)
        : refusals.metricNotFoundForSelector(resource, metric, { name, selector: metricSelector });
  const reason = values.flatMap(({ value }) => (value.kind === 'missing' ? [value.reason] : []))[0];
  if (reason === undefined) return status;
  return {
    ...status,
    message: `${status.message}: ${reason}`,
    details: { causes: [{ reason: 'NoValue', message: reason }] },
  };
}
