import type { Missing } from '@bellows/core';
import type { PodStatus } from '@bellows/kubelet';
import { podEndpoint, podTarget, type ScrapablePod, type ScrapeTarget } from '@bellows/scrape';

/**
 * Where a pod's metrics are: see `podEndpoint` of scrape, and the port that this machine gave it.
 *
 * @returns Missing with the reason for a pod that is not scraped.
 */
export function scrapeTarget(pod: PodStatus): ScrapeTarget | Missing {
  const scrapable: ScrapablePod = {
    name: pod.metadata.name,
    uid: pod.metadata.uid,
    annotations: pod.metadata.annotations,
    ip: pod.podIP,
    phase: pod.phase,
    isTerminating: pod.deletionTimestampMs !== undefined,
    ports: pod.spec.containers.flatMap(({ ports }) => ports),
  };
  return podTarget(scrapable, podEndpoint(scrapable), (port) => pod.portMap[port] ?? port);
}
