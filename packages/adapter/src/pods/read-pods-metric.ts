import { BellowsError, missing, type Observed, type Quantity } from '@bellows/core';
import type { PodMetric, PodMetricQuery, Scraper } from '@bellows/scrape';
import type { ObjectMetricRequest, ObjectMetricValue } from '../source/source.ts';
import { sampleQuantity } from '../value/sample-quantity.ts';
import type { ScrapedPod, ScrapedPods } from './scraped-pods.ts';
import type { ScrapePlan } from './scrape-plan.ts';

/** What values are read from. */
export interface PodsReading {
  readonly plan: ScrapePlan;
  readonly pods: ScrapedPods;
  readonly scraper: Pick<Scraper, 'podMetric'>;
}

/**
 * The values of a Pods metric, from memory, by the pods' names: of those that live and are selected, and no others, since the controller
 * averages over each value it gets.
 *
 * @returns Undefined when no autoscaler of the namespace names the metric.
 * @throws BellowsError `ERR_ADAPTER_SOURCE` when each that does has a target or an annotation that cannot be read.
 * @see kubernetes/kubernetes v1.37.0 pkg/controller/podautoscaler/replica_calculator.go GetMetricReplicas
 */
export function readPodsMetric(
  { plan, pods, scraper }: PodsReading,
  request: ObjectMetricRequest,
  nowMs: number,
): readonly ObjectMetricValue[] | undefined {
  const { namespace, metric } = request;
  const named = plan.inNamespace(namespace).filter(({ metrics }) => metrics.has(metric));
  if (named.length === 0) return undefined;
  const [broken] = named;
  if (broken !== undefined && named.every(({ selector }) => selector === undefined)) {
    throw new BellowsError(
      'ERR_ADAPTER_SOURCE',
      `${metric} of ${broken.part}: ${broken.problem ?? ''}`,
      {
        remedy: 'Look at the HorizontalPodAutoscaler and its scale target.',
      },
    );
  }
  const wanted = pods.inNamespace(namespace).filter((pod) => isWanted(pod, request));
  const valueOf = valuesOf(wanted, request, scraper, nowMs);
  return wanted.map((pod) => ({
    object: { kind: 'Pod', namespace, name: pod.name, uid: pod.uid, apiVersion: 'v1' },
    ...valueOf(pod),
  }));
}

function isWanted(
  { name, labels, queries }: ScrapedPod,
  { name: wantedName, objectSelector, metric }: ObjectMetricRequest,
): boolean {
  if (!queries.has(metric)) return false;
  return wantedName === undefined ? objectSelector.matches(labels) : name === wantedName;
}

interface PodValue {
  readonly value: Observed<Quantity>;
  readonly windowSeconds?: number;
}

/** All pods with the same query are asked for at once. */
function valuesOf(
  pods: readonly ScrapedPod[],
  { metric, metricSelector }: ObjectMetricRequest,
  scraper: Pick<Scraper, 'podMetric'>,
  nowMs: number,
): (pod: ScrapedPod) => PodValue {
  const uidsOf = new Map<PodMetricQuery, string[]>();
  for (const { uid, queries } of pods) {
    const query = queries.get(metric);
    if (query === undefined) continue;
    const uids = uidsOf.get(query);
    if (uids === undefined) uidsOf.set(query, [uid]);
    else uids.push(uid);
  }
  const values = new Map<string, PodMetric>();
  for (const [query, uids] of uidsOf) {
    const asked = metricSelector.isEmpty ? query : { ...query, selector: metricSelector };
    for (const value of scraper.podMetric(asked, nowMs, uids)) values.set(value.podUid, value);
  }
  return ({ uid, problem }) => {
    const found = values.get(uid);
    if (found === undefined) return { value: missing(problem ?? 'not scraped yet') };
    const { value, windowSeconds } = found;
    return {
      value: value.kind === 'value' ? sampleQuantity(value.value, value.atMs, 'missing') : value,
      ...(windowSeconds > 0 && { windowSeconds }),
    };
  };
}
