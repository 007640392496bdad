import { BellowsError } from '@bellows/core';
import type { ApiResource } from '../naming/resource-mapper.ts';

/** What is asked for: all groups of the cluster in one answer, which API servers give since Kubernetes 1.27. */
export const DISCOVERY_TYPE: string = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',');

/** Groups of metrics, whose resources are no objects. */
const METRICS_GROUPS = ['custom.metrics.k8s.io', 'external.metrics.k8s.io', 'metrics.k8s.io'];

interface DiscoveredGroup {
  readonly metadata?: { readonly name?: string };
  readonly versions?: readonly DiscoveredVersion[];
}

interface DiscoveredVersion {
  readonly version: string;
  readonly resources?: readonly DiscoveredKind[];
}

interface DiscoveredKind {
  readonly resource: string;
  readonly singularResource?: string;
  readonly responseKind?: { readonly kind?: string };
  readonly scope?: string;
}

/**
 * The resources in an `APIGroupDiscoveryList`, in its order. Of each, only the version that the group prefers among those that
 * have it. What belongs to a metrics API is left out.
 *
 * @throws BellowsError `ERR_KUBERNETES_API` for another answer.
 * @see kubernetes/client-go v0.37.2 discovery/aggregated_discovery.go
 */
export function readDiscovery(answer: unknown): ApiResource[] {
  const { kind, items } = (answer ?? {}) as { kind?: unknown; items?: unknown };
  if (kind !== 'APIGroupDiscoveryList') {
    throw new BellowsError(
      'ERR_KUBERNETES_API',
      `Expected an APIGroupDiscoveryList from the API server, got ${String(kind)}`,
      { remedy: 'Use Kubernetes 1.27 or newer.' },
    );
  }
  // Go writes an empty list as null.
  return ((items ?? []) as DiscoveredGroup[]).flatMap(resourcesOfGroup);
}

function resourcesOfGroup({ metadata, versions = [] }: DiscoveredGroup): ApiResource[] {
  const group = metadata?.name ?? '';
  if (METRICS_GROUPS.includes(group)) return [];
  const found = new Map<string, ApiResource>();
  for (const { version, resources } of versions) {
    for (const one of resources ?? []) {
      if (!found.has(one.resource)) found.set(one.resource, resourceOf(group, version, one));
    }
  }
  return [...found.values()];
}

function resourceOf(group: string, version: string, one: DiscoveredKind): ApiResource {
  return {
    group,
    version,
    name: one.resource,
    singular: one.singularResource ?? '',
    kind: one.responseKind?.kind ?? '',
    namespaced: one.scope !== 'Cluster',
  };
}
