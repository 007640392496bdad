import { parseGoDuration } from '@bellows/core';
import type {
  ExternalReading,
  FailedReading,
  MetricReading,
  ObjectReading,
  PodsReading,
  PodUsage,
  ResourceReading,
} from '../observation.ts';
import type { MetricSpec } from '../hpa-spec.ts';
import type { ApiMetricValue, ApiPodMetrics } from './api-objects.ts';
import { timeMs } from './api-time.ts';

/**
 * What a metric read, of the items that its metrics API answered with.
 *
 * @param items - `PodMetrics` for the types Resource and ContainerResource, values for all others.
 */
export function observeMetric(
  spec: MetricSpec,
  items: readonly ApiPodMetrics[] | readonly ApiMetricValue[],
): MetricReading {
  switch (spec.type) {
    case 'Resource':
      return usageReading(items as readonly ApiPodMetrics[], spec.resource?.name ?? '');
    case 'ContainerResource':
      return usageReading(items as readonly ApiPodMetrics[], spec.containerResource?.name ?? '');
    case 'Pods':
      return podsReading(items as readonly ApiMetricValue[]);
    case 'Object':
      return objectReading(items as readonly ApiMetricValue[]);
    case 'External':
      return externalReading(items as readonly ApiMetricValue[]);
  }
}

function usageReading(items: readonly ApiPodMetrics[], resource: string): ResourceReading {
  return { kind: 'resource', pods: items.map((item) => podUsage(item, resource)) };
}

function podUsage(item: ApiPodMetrics, resource: string): PodUsage {
  const { window } = item;
  return {
    pod: item.metadata.name,
    atMs: timeMs(item.timestamp) ?? 0,
    windowMs: window === undefined ? 0 : Number(parseGoDuration(window)) / 1e6,
    containers: (item.containers ?? []).map(({ name, usage }) => {
      const used = usage?.[resource];
      return used === undefined ? { name } : { name, usage: used };
    }),
  };
}

function podsReading(items: readonly ApiMetricValue[]): PodsReading {
  const values = items.map((item) => ({
    pod: item.describedObject?.name ?? '',
    value: item.value,
    atMs: timeMs(item.timestamp) ?? 0,
    ...(typeof item.windowSeconds === 'number' && { windowMs: item.windowSeconds * 1000 }),
  }));
  return { kind: 'pods', values };
}

function objectReading([first]: readonly ApiMetricValue[]): ObjectReading | FailedReading {
  if (first === undefined) {
    return { kind: 'failed', error: 'no metrics returned from custom metrics API' };
  }
  const atMs = timeMs(first.timestamp);
  return { kind: 'object', value: first.value, ...(atMs !== null && { atMs }) };
}

function externalReading(items: readonly ApiMetricValue[]): ExternalReading {
  const oldestMs = Math.min(...items.map(({ timestamp }) => timeMs(timestamp) ?? Number.NaN));
  return {
    kind: 'external',
    series: items.map(({ value }) => value),
    ...(Number.isFinite(oldestMs) && { atMs: oldestMs }),
  };
}
