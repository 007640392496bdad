import { missing, type Missing, type ObjectEvent } from '@bellows/core';
import type { PodStatus } from '@bellows/kubelet';
import type { HorizontalPodAutoscaler } from '@bellows/manifest';
import { podMetricQuery, type MetricSources } from '../autoscaler/metric-readings.ts';
import { scrapeTarget } from './scrape-target.ts';

/** Explains once why an HPA's metric has no value in any pod. */
export interface MissingMetricWatch {
  /** Warnings about metrics that no pod had at two looks in a row; again only when the reason changes. */
  check(pods: readonly PodStatus[], sources: MetricSources, nowMs: number): ObjectEvent[];
}

/** So many pods' reasons are told. */
const MAX_REASONS = 3;

/**
 * Creates a watch over the Pods metrics of one HPA. The HPA controller's own event says that there is
 * no value; this one says why, pod by pod.
 */
export function createMissingMetricWatch(autoscaler: HorizontalPodAutoscaler): MissingMetricWatch {
  const lastReasons = new Map<string, string>();
  const told = new Map<string, string>();
  return {
    check(pods, sources, nowMs) {
      return (autoscaler.spec.metrics ?? []).flatMap((metric): ObjectEvent[] => {
        if (metric.pods === undefined) return [];
        const { name } = metric.pods.metric;
        const query = podMetricQuery(metric.pods.metric, sources.overrides);
        const why = whyMissing(pods, sources.podMetric(query, nowMs));
        const isLasting = lastReasons.has(name);
        if (why === undefined) {
          lastReasons.delete(name);
          told.delete(name);
          return [];
        }
        lastReasons.set(name, why);
        if (!isLasting || told.get(name) === why) return [];
        told.set(name, why);
        return [
          {
            type: 'Warning',
            reason: 'MetricMissing',
            message: `no pod has ${name}: ${why}${remedyFor(why)}`,
          },
        ];
      });
    },
  };
}

/** For pages without the series; the other reasons say themselves what to do. */
function remedyFor(why: string): string {
  return why.includes('its page has no ')
    ? "; expose the series on the pods' /metrics, or name the one they have in the HPA's annotation bellows.dev/metrics"
    : '';
}

/** Undefined when some pod has the metric, or there is no pod that could. */
function whyMissing(
  pods: readonly PodStatus[],
  values: ReturnType<MetricSources['podMetric']>,
): string | undefined {
  const valueOf = new Map(values.map(({ podName, value }) => [podName, value]));
  const reasons = new Map<string, string>();
  for (const pod of pods) {
    const { name } = pod.metadata;
    const value = valueOf.get(name) ?? reasonNotScraped(pod);
    if (value.kind === 'value') return undefined;
    if (!reasons.has(value.reason)) reasons.set(value.reason, name);
  }
  if (reasons.size === 0) return undefined;
  const texts = [...reasons].slice(0, MAX_REASONS).map(([reason, name]) => `${name}: ${reason}`);
  return texts.join('; ');
}

function reasonNotScraped(pod: PodStatus): Missing {
  const target = scrapeTarget(pod);
  return 'url' in target ? missing('not scraped yet') : target;
}
