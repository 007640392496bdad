import type { ScrapeTarget } from '../scraper.ts';
import type { Pod } from './kubernetes-shapes.ts';
import { monitorEndpoints, type MonitorObjects } from './monitor-endpoints.ts';
import { podEndpoint, podTarget } from './pod-endpoint.ts';
import type { ScrapablePod } from './scrapable-pod.ts';

/** What targets are made from besides pods. */
export interface ClusterObjects extends MonitorObjects {
  /** Whether pods on their node's network are targets, too. */
  readonly includeHostNetwork: boolean;
}

/**
 * The targets of all pods that run: where a monitor says so, else where the pod itself does. An address that two
 * monitors name is one target.
 */
export function targetsInCluster(pods: readonly Pod[], objects: ClusterObjects): ScrapeTarget[] {
  const endpointsOf = monitorEndpoints(objects);
  return pods.flatMap((pod) => {
    if (pod.spec?.hostNetwork === true && !objects.includeHostNetwork) return [];
    const scrapable = scrapablePod(pod);
    const monitored = endpointsOf({ metadata: pod.metadata, ports: scrapable.ports });
    const endpoints = monitored.length > 0 ? monitored : [podEndpoint(scrapable)];
    const byUrl = new Map<string, ScrapeTarget>();
    for (const endpoint of endpoints) {
      const target = podTarget(scrapable, endpoint);
      if ('url' in target) byUrl.set(target.url, target);
    }
    return [...byUrl.values()];
  });
}

function scrapablePod({ metadata, spec, status }: Pod): ScrapablePod {
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    annotations: metadata.annotations ?? {},
    ip: status?.podIP,
    phase: status?.phase ?? 'Pending',
    isTerminating: metadata.deletionTimestamp !== undefined,
    ports: (spec?.containers ?? []).flatMap(({ ports = [] }) => ports),
  };
}
