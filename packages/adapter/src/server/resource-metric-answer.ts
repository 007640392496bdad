import type { ResourceMetricsPath } from '../api/api-path.ts';
import { refusals } from '../api/refusals.ts';
import {
  nodeMetrics,
  nodeMetricsList,
  podMetrics,
  podMetricsList,
  type MeasuredObject,
} from '../api/resource-metrics.ts';
import type { ResourceMetrics, ResourceMetricsRequest, Source } from '../source/source.ts';
import { readFieldSelector, readSelector, type MetricAnswer } from './metric-answer.ts';
import { NO_SUCH_PATH, Refusal } from './refusal.ts';

/**
 * Usage of pods or nodes, of the first source that has it.
 *
 * @throws Refusal 404 for one that has no data, 400 for another field in a field selector; BellowsError as the source does.
 */
export async function answerResourceMetric(
  path: ResourceMetricsPath,
  query: URLSearchParams,
  sources: readonly Source[],
  signal: AbortSignal,
): Promise<MetricAnswer> {
  const source = sources.find(({ resource }) => resource !== undefined);
  if (source?.resource === undefined) throw new Refusal(NO_SUCH_PATH);
  const { namespace, name } = path;
  const fits = readFieldSelector(query, ['metadata.name', 'metadata.namespace']);
  const request: ResourceMetricsRequest = {
    namespace,
    ...(name !== '' && { name }),
    labelSelector: readSelector(query, 'labelSelector'),
  };
  const isFit = (one: MeasuredObject): boolean =>
    fits?.({ 'metadata.name': one.name, 'metadata.namespace': one.namespace }) ?? true;
  const body =
    path.resource === 'pods'
      ? await podsBody(source.resource, request, isFit, signal)
      : await nodesBody(source.resource, request, isFit, signal);
  return { body, source: source.name };
}

type Fit = (one: MeasuredObject) => boolean;

async function podsBody(
  resource: ResourceMetrics,
  request: ResourceMetricsRequest,
  isFit: Fit,
  signal: AbortSignal,
): Promise<object> {
  const pods = (await resource.pods(request, signal)).filter(isFit);
  return request.name === undefined
    ? podMetricsList(pods)
    : podMetrics(only('pods', request, pods));
}

async function nodesBody(
  resource: ResourceMetrics,
  request: ResourceMetricsRequest,
  isFit: Fit,
  signal: AbortSignal,
): Promise<object> {
  const nodes = (await resource.nodes(request, signal)).filter(isFit);
  return request.name === undefined
    ? nodeMetricsList(nodes)
    : nodeMetrics(only('nodes', request, nodes));
}

function only<T>(resource: string, { name = '' }: ResourceMetricsRequest, found: readonly T[]): T {
  const [one] = found;
  if (one !== undefined) return one;
  throw new Refusal(refusals.notFound({ group: 'metrics.k8s.io', resource }, name));
}
