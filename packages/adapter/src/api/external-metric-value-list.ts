import type { Quantity } from '@bellows/core';
import type { ListMeta } from './metric-value-list.ts';
import { formatTimestamp } from './timestamp.ts';

/** A value of an external metric. */
export interface ExternalMetricValue {
  /** The metric's name. */
  readonly metric: string;
  /** Undefined: the value has none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** When it was taken, in milliseconds since the epoch; undefined: not known. */
  readonly timestampMs?: number;
  /** How long a time it is of; undefined: not known, or of an instant. */
  readonly windowSeconds?: number;
  /** Written as Kubernetes writes quantities. */
  readonly value: Quantity;
}

/**
 * An `ExternalMetricValueList` of external.metrics.k8s.io/v1beta1.
 *
 * @see kubernetes/metrics v0.37.2 pkg/apis/external_metrics/v1beta1/types.go
 */
export function externalMetricValueList(
  items: readonly ExternalMetricValue[],
  metadata: ListMeta = {},
): object {
  return {
    kind: 'ExternalMetricValueList',
    apiVersion: 'external.metrics.k8s.io/v1beta1',
    metadata,
    items: items.map(({ metric, labels, timestampMs, windowSeconds, value }) => ({
      metricName: metric,
      metricLabels: labels ?? null,
      timestamp: formatTimestamp(timestampMs),
      ...(windowSeconds !== undefined && { window: windowSeconds }),
      value,
    })),
  };
}
