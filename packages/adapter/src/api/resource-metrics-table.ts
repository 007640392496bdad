import { formatGoDuration, type Quantity } from '@bellows/core';
import { readAccept } from './accept.ts';
import type { MeasuredObject, NodeMetrics, PodMetrics, ResourceUsage } from './resource-metrics.ts';
import { formatTimestamp } from './timestamp.ts';

/**
 * Whether a client takes a table before plain JSON, as kubectl does for `get`.
 *
 * @param accept - Value of `Accept`; empty: anything.
 * @see kubernetes/apiserver v0.37.2 pkg/endpoints/handlers/response.go asTable
 */
export function wantsTable(accept: string): boolean {
  const best = readAccept(accept).find(
    ({ type, parameters }) =>
      ['*/*', 'application/*', 'application/json'].includes(type) &&
      (!parameters.has('as') || isTable(parameters)),
  );
  return best?.parameters.has('as') ?? false;
}

function isTable(parameters: ReadonlyMap<string, string>): boolean {
  const asked = ['as', 'v', 'g'].map((name) => parameters.get(name));
  return asked.join(' ') === 'Table v1 meta.k8s.io';
}

/** Pods as a `Table` of meta.k8s.io/v1: a pod's usage is its containers' together, and not known when one's is not. */
export function podMetricsTable(pods: readonly PodMetrics[]): object {
  return table(
    pods.map((pod) => [
      pod,
      {
        ...total(pod, 'cpu'),
        ...total(pod, 'memory'),
      },
    ]),
  );
}

/** Nodes as a `Table` of meta.k8s.io/v1. */
export function nodeMetricsTable(nodes: readonly NodeMetrics[]): object {
  return table(nodes.map((node) => [node, node.usage]));
}

function total({ containers }: PodMetrics, resource: keyof ResourceUsage): ResourceUsage {
  let sum: Quantity | undefined;
  for (const { usage } of containers) {
    const used = usage[resource];
    if (used === undefined) return {};
    sum = sum?.add(used) ?? used;
  }
  return sum === undefined ? {} : { [resource]: sum };
}

/** @see kubernetes-sigs/metrics-server v0.8.0 pkg/api/table.go addPodMetricsToTable */
function table(rows: readonly (readonly [MeasuredObject, ResourceUsage])[]): object {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: [
      column('Name', 'name', 'Name of the resource'),
      column('cpu', 'quantity'),
      column('memory', 'quantity'),
      column('Window', 'duration'),
    ],
    rows: rows.map(([one, usage]) => ({
      cells: [
        one.name,
        usage.cpu?.toString() ?? null,
        usage.memory?.toString() ?? null,
        formatGoDuration(one.windowNs),
      ],
      object: metadataOf(one),
    })),
  };
}

function column(name: string, format: string, description = ''): object {
  return { name, type: 'string', format, description, priority: 0 };
}

function metadataOf({ name, namespace, labels, createdMs }: MeasuredObject): object {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {
      name,
      ...(namespace !== '' && { namespace }),
      ...(createdMs !== undefined && { creationTimestamp: formatTimestamp(createdMs) }),
      ...(Object.keys(labels).length > 0 && { labels }),
    },
  };
}
