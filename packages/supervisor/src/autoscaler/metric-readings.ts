import type { MetricSource, Missing } from '@bellows/core';
import type { FailedReading, MetricReading, MetricSpec, PodUsage } from '@bellows/hpa';
import type { PodStatus } from '@bellows/kubelet';
import type { PodMetric, PodMetricQuery, PodResourceUsage } from '@bellows/scrape';

/** Where readings come from. */
export interface MetricSources {
  /** Value of a Pods metric for each pod that is scraped. */
  readonly podMetric: (query: PodMetricQuery, nowMs: number) => readonly PodMetric[];
  /** CPU and memory of a pod, by uid. */
  readonly podUsage: (podUid: string, nowMs: number) => PodResourceUsage | Missing;
  /** Overrides of `bellows.dev/metrics`, by metric name. */
  readonly overrides: ReadonlyMap<string, MetricSource>;
}

/**
 * Reads one metric of an HPA for the pods its target selects, as the metrics APIs would answer. Pods
 * without a value are left out; no value at all is the error the HPA controller's own client gives.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/metrics/client.go
 */
export function readMetric(
  metric: MetricSpec,
  pods: readonly PodStatus[],
  sources: MetricSources,
  nowMs: number,
): MetricReading {
  if (metric.pods !== undefined) return podsReading(metric.pods.metric, pods, sources, nowMs);
  const resource = metric.resource ?? metric.containerResource;
  if (resource !== undefined)
    return resourceReading(resource.name, pods, (podUid) => sources.podUsage(podUid, nowMs));
  return failed(
    `${metric.type} metrics are not read on one machine; use a Pods or Resource metric here`,
  );
}

/** The Pods metric's query, with the override of its source. */
export function podMetricQuery(
  { name, selector }: PodMetricQuery,
  overrides: MetricSources['overrides'],
): PodMetricQuery {
  const source = overrides.get(name);
  return {
    name,
    ...(selector !== undefined && { selector }),
    ...(source !== undefined && { source }),
  };
}

function podsReading(
  metric: PodMetricQuery,
  pods: readonly PodStatus[],
  { podMetric, overrides }: MetricSources,
  nowMs: number,
): MetricReading {
  const names = new Set(pods.map((pod) => pod.metadata.name));
  const values = podMetric(podMetricQuery(metric, overrides), nowMs).flatMap(
    ({ podName, value, windowSeconds }) =>
      value.kind === 'missing' || !names.has(podName)
        ? []
        : [
            {
              pod: podName,
              value: metricQuantity(value.value),
              atMs: value.atMs,
              windowMs: windowSeconds * 1000,
            },
          ],
  );
  if (values.length === 0) return failed('no metrics returned from custom metrics API');
  return { kind: 'pods', values };
}

function resourceReading(
  resource: string,
  pods: readonly PodStatus[],
  podUsage: (podUid: string) => PodResourceUsage | Missing,
): MetricReading {
  const usages = pods.flatMap((pod): PodUsage[] => {
    const usage = podUsage(pod.metadata.uid);
    if ('kind' in usage) return [];
    return [
      {
        pod: pod.metadata.name,
        atMs: usage.atMs,
        windowMs: usage.windowSeconds * 1000,
        containers: usage.containers.map((container) => ({
          name: container.name,
          ...(resource === 'cpu' && { usage: container.cpu }),
          ...(resource === 'memory' && { usage: container.memory }),
        })),
      },
    ];
  });
  if (usages.length === 0) return failed('no metrics returned from resource metrics API');
  return { kind: 'resource', pods: usages };
}

/**
 * A metric's value as a quantity, to the nearest thousandth: the unit the HPA computes in.
 *
 * @param value - Finite.
 */
export function metricQuantity(value: number): string {
  const milli = Math.round(value * 1000);
  return Number.isSafeInteger(milli) ? `${milli}m` : String(value);
}

function failed(error: string): FailedReading {
  return { kind: 'failed', error };
}
