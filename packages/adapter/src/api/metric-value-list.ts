import type { LabelSelector, Quantity } from '@bellows/core';
import { formatTimestamp } from './timestamp.ts';

/** Versions of custom.metrics.k8s.io, the preferred one first. */
export const CUSTOM_METRICS_VERSIONS = ['v1beta2', 'v1beta1'] as const;

/** One of {@link CUSTOM_METRICS_VERSIONS}. */
export type CustomMetricsVersion = (typeof CUSTOM_METRICS_VERSIONS)[number];

/** The object that a value describes. */
export interface DescribedObject {
  /** Such as `Pod`. */
  readonly kind: string;
  /** Empty for an object without namespace. */
  readonly namespace: string;
  /** Its `metadata.name`. */
  readonly name: string;
  /** Undefined: not told. */
  readonly uid?: string;
  /** Group and version, such as `apps/v1`. */
  readonly apiVersion: string;
}

/** A metric's value of one object. */
export interface MetricValue {
  /** Whose value it is. */
  readonly object: DescribedObject;
  /** The metric's name. */
  readonly metric: string;
  /** The series that were asked for; undefined: all. */
  readonly selector?: LabelSelector;
  /** When it was taken, in milliseconds since the epoch; undefined: not known. */
  readonly timestampMs?: number;
  /** How long a time it is of; undefined: not known, or of an instant. */
  readonly windowSeconds?: number;
  /** Written as Kubernetes writes quantities. */
  readonly value: Quantity;
}

/** What a list says of itself, beside its items; empty where nothing is said. */
export interface ListMeta {
  /** Undefined: left out. */
  readonly resourceVersion?: string;
  /** Token of the next part of the list; undefined: this is all. */
  readonly continue?: string;
}

/**
 * A `MetricValueList` as the API gives it.
 *
 * @see kubernetes/metrics v0.37.2 pkg/apis/custom_metrics/v1beta1/types.go, v1beta2/types.go
 */
export function metricValueList(
  version: CustomMetricsVersion,
  items: readonly MetricValue[],
  metadata: ListMeta = {},
): object {
  const itemOf = version === 'v1beta1' ? itemV1beta1 : itemV1beta2;
  return {
    kind: 'MetricValueList',
    apiVersion: `custom.metrics.k8s.io/${version}`,
    metadata,
    items: items.map(itemOf),
  };
}

function itemV1beta1(item: MetricValue): object {
  return {
    describedObject: reference(item.object),
    metricName: item.metric,
    timestamp: formatTimestamp(item.timestampMs),
    ...(item.windowSeconds !== undefined && { window: item.windowSeconds }),
    value: item.value,
    selector: item.selector ?? null,
  };
}

function itemV1beta2(item: MetricValue): object {
  return {
    describedObject: reference(item.object),
    metric: { name: item.metric, selector: item.selector ?? null },
    timestamp: formatTimestamp(item.timestampMs),
    ...(item.windowSeconds !== undefined && { windowSeconds: item.windowSeconds }),
    value: item.value,
  };
}

function reference({ kind, namespace, name, uid = '', apiVersion }: DescribedObject): object {
  const fields = Object.entries({ kind, namespace, name, uid, apiVersion });
  return Object.fromEntries(fields.filter(([, value]) => value !== ''));
}
