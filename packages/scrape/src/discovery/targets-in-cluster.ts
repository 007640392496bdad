import type { ScrapeTarget } from '../scraper.ts';
import { isPodAddress } from './pod-address.ts';
import type { DiscoveredPod, Pod } from './kubernetes-shapes.ts';
import { monitorEndpoints, type MonitorObjects } from './monitor-endpoints.ts';
import { podEndpoint, podTarget } from './pod-endpoint.ts';
import type { ScrapablePod } from './scrapable-pod.ts';

/** What targets are made from besides pods. */
export interface ClusterObjects extends MonitorObjects {
  /** Whether pods on their node's network are targets, too. */
  readonly includeHostNetwork: boolean;
  /** Whether pods with an address of this machine's own are targets, too. */
  readonly includeLoopback: boolean;
  /** Addresses that are no target, whatever pod has them. */
  readonly refusedAddresses: ReadonlySet<string>;
}

/** Pods with their targets: where a monitor says so, else where the pod itself does. An address that two monitors name is one target. */
export function podsInCluster(
  pods: readonly Pod[],
  objects: ClusterObjects,
): readonly DiscoveredPod[] {
  const endpointsOf = monitorEndpoints(objects);
  return pods.map((pod) => {
    const scrapable = scrapablePod(pod);
    const { name, uid, namespace = '', isTerminating, phase } = scrapable;
    const isLive = phase === 'Running' && !isTerminating;
    const { labels = {} } = pod.metadata;
    const found = { name, uid, namespace, labels, isLive };
    const refusal = refusalOf(pod, objects);
    if (refusal !== undefined) return { ...found, targets: [], problem: refusal };
    const monitored = endpointsOf({ metadata: pod.metadata, ports: scrapable.ports });
    const endpoints = monitored.length > 0 ? monitored : [podEndpoint(scrapable)];
    const byUrl = new Map<string, ScrapeTarget>();
    let problem: string | undefined;
    for (const endpoint of endpoints) {
      const target = podTarget(scrapable, endpoint);
      if ('url' in target) byUrl.set(target.url, target);
      else problem ??= target.reason;
    }
    const targets = [...byUrl.values()];
    return { ...found, targets, ...(targets.length === 0 && problem && { problem }) };
  });
}

function refusalOf({ spec, status }: Pod, objects: ClusterObjects): string | undefined {
  if (spec?.hostNetwork === true && !objects.includeHostNetwork) {
    return "the pod is on its node's network, which is not scraped";
  }
  const ip = status?.podIP;
  if (ip === undefined) return undefined;
  return isPodAddress(ip, objects.includeLoopback) && !objects.refusedAddresses.has(ip)
    ? undefined
    : `the pod's address ${ip.slice(0, 45)} is none that pods have, and is not scraped`;
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
