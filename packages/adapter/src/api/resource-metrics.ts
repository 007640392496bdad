import { formatGoDuration, type Quantity } from '@bellows/core';
import { formatTimestamp } from './timestamp.ts';

/** What is used; a resource that is absent is not known. */
export interface ResourceUsage {
  /** Cores, at a thousandth. */
  readonly cpu?: Quantity;
  /** Bytes. */
  readonly memory?: Quantity;
}

/** What the metrics of a pod and of a node share. */
export interface MeasuredObject {
  /** Its `metadata.name`. */
  readonly name: string;
  /** Empty for a node. */
  readonly namespace: string;
  /** Its `metadata.labels`; empty: left out. */
  readonly labels: Readonly<Record<string, string>>;
  /** In milliseconds since the epoch; undefined: not told. */
  readonly createdMs?: number;
  /** When it was measured, in milliseconds since the epoch; undefined: not known. */
  readonly timestampMs?: number;
  /** How long a time it is of, in nanoseconds. */
  readonly windowNs: bigint;
}

/** Usage of one container. */
export interface ContainerMetrics {
  /** Its name in the pod. */
  readonly name: string;
  /** Of its processes together. */
  readonly usage: ResourceUsage;
}

/** Usage of a pod's containers. */
export interface PodMetrics extends MeasuredObject {
  /** Those that were measured: an HPA takes a pod with one missing for not measured. */
  readonly containers: readonly ContainerMetrics[];
}

/** Usage of a node. */
export interface NodeMetrics extends MeasuredObject {
  /** Of the whole node. */
  readonly usage: ResourceUsage;
}

const API_VERSION = 'metrics.k8s.io/v1beta1';

/** A `PodMetrics` of metrics.k8s.io/v1beta1. @see kubernetes/metrics v0.37.2 pkg/apis/metrics/v1beta1/types.go */
export function podMetrics(pod: PodMetrics): object {
  return { kind: 'PodMetrics', apiVersion: API_VERSION, ...podItem(pod) };
}

/** A `NodeMetrics` of metrics.k8s.io/v1beta1. */
export function nodeMetrics(node: NodeMetrics): object {
  return { kind: 'NodeMetrics', apiVersion: API_VERSION, ...nodeItem(node) };
}

/** A `PodMetricsList` of metrics.k8s.io/v1beta1. */
export function podMetricsList(pods: readonly PodMetrics[]): object {
  const items = pods.map(podItem);
  return { kind: 'PodMetricsList', apiVersion: API_VERSION, metadata: {}, items };
}

/** A `NodeMetricsList` of metrics.k8s.io/v1beta1. */
export function nodeMetricsList(nodes: readonly NodeMetrics[]): object {
  const items = nodes.map(nodeItem);
  return { kind: 'NodeMetricsList', apiVersion: API_VERSION, metadata: {}, items };
}

function podItem({ containers, ...pod }: PodMetrics): object {
  return { ...measured(pod), containers };
}

function nodeItem({ usage, ...node }: NodeMetrics): object {
  return { ...measured(node), usage };
}

function measured(one: MeasuredObject): object {
  const { name, namespace, labels, createdMs, timestampMs, windowNs } = one;
  return {
    metadata: {
      name,
      ...(namespace !== '' && { namespace }),
      ...(createdMs !== undefined && { creationTimestamp: formatTimestamp(createdMs) }),
      ...(Object.keys(labels).length > 0 && { labels }),
    },
    timestamp: formatTimestamp(timestampMs),
    window: formatGoDuration(windowNs),
  };
}
