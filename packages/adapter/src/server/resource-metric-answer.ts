import type { ResourceMetricsPath } from '../api/api-path.ts';
import { refusals } from '../api/refusals.ts';
import { nodeMetricsTable, podMetricsTable, wantsTable } from '../api/resource-metrics-table.ts';
import {
  nodeMetrics,
  nodeMetricsList,
  podMetrics,
  podMetricsList,
  type MeasuredObject,
} from '../api/resource-metrics.ts';
import type { ResourceMetrics, ResourceMetricsRequest, Source } from '../source/source.ts';
import { readFieldSelector, readSelector, type MetricAnswer } from './metric-answer.ts';
import type { ServerRequest } from './parse-request.ts';
import { NO_SUCH_PATH, Refusal } from './refusal.ts';

/**
 * Usage of pods or nodes, of the first source that has it, as objects or as a table.
 *
 * @throws Refusal 404 for one that has no data, 400 for another field in a field selector; BellowsError as the source does.
 */
export async function answerResourceMetric(
  path: ResourceMetricsPath,
  { query, accept }: Pick<ServerRequest, 'query' | 'accept'>,
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
      ? await podsBody(source.resource, { request, isFit, accept }, signal)
      : await nodesBody(source.resource, { request, isFit, accept }, signal);
  return { body, source: source.name };
}

interface Asked {
  readonly request: ResourceMetricsRequest;
  readonly isFit: (one: MeasuredObject) => boolean;
  readonly accept: string;
}

async function podsBody(
  resource: ResourceMetrics,
  { request, isFit, accept }: Asked,
  signal: AbortSignal,
): Promise<object> {
  const pods = (await resource.pods(request, signal)).filter(isFit);
  const one = request.name === undefined ? undefined : only('pods', request, pods);
  if (wantsTable(accept)) return podMetricsTable(one === undefined ? pods : [one]);
  return one === undefined ? podMetricsList(pods) : podMetrics(one);
}

async function nodesBody(
  resource: ResourceMetrics,
  { request, isFit, accept }: Asked,
  signal: AbortSignal,
): Promise<object> {
  const nodes = (await resource.nodes(request, signal)).filter(isFit);
  const one = request.name === undefined ? undefined : only('nodes', request, nodes);
  if (wantsTable(accept)) return nodeMetricsTable(one === undefined ? nodes : [one]);
  return one === undefined ? nodeMetricsList(nodes) : nodeMetrics(one);
}

function only<T>(resource: string, { name = '' }: ResourceMetricsRequest, found: readonly T[]): T {
  const [one] = found;
  if (one !== undefined) return one;
  throw new Refusal(refusals.notFound({ group: 'metrics.k8s.io', resource }, name));
}
