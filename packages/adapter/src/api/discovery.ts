import type { CustomMetric } from '../registry/custom-metric-registry.ts';
import { formatGroupResource } from '../naming/resource-mapper.ts';

/** A resource as an API group lists it. */
export interface ListedResource {
  /** Such as `pods/http_requests` or `queue_depth`. */
  readonly name: string;
  /** Whether it is asked for in a namespace. */
  readonly namespaced: boolean;
  /** What is answered, such as `MetricValueList`. */
  readonly kind: string;
  /** Such as `get`. */
  readonly verbs: readonly string[];
}

/** One version of an API group. */
export interface ServedVersion {
  /** Such as `v1beta2`. */
  readonly version: string;
  /** What it has, in the order they are listed. */
  readonly resources: readonly ListedResource[];
}

/** An API group; the preferred version comes first. */
export interface ServedGroup {
  /** Such as `custom.metrics.k8s.io`. */
  readonly group: string;
  /** At least one. */
  readonly versions: readonly ServedVersion[];
}

/** What stands in a list that would be empty: older clients take an empty list for a failure. */
const PLACEHOLDERS = { custom: 'custommetrics', external: 'externalmetrics' } as const;

/** How custom metrics are listed, sorted, so that the list has the same text each time. */
export function listedCustomMetrics(metrics: readonly CustomMetric[]): ListedResource[] {
  const listed = metrics.map(({ resource, namespaced, metric }) => ({
    name: `${formatGroupResource(resource)}/${metric}`,
    namespaced,
    kind: 'MetricValueList',
    verbs: ['get'],
  }));
  return orPlaceholder(listed, PLACEHOLDERS.custom, 'MetricValueList');
}

/** How external metrics are listed, sorted. */
export function listedExternalMetrics(names: readonly string[]): ListedResource[] {
  const kind = 'ExternalMetricValueList';
  const listed = names.map((name) => ({ name, namespaced: true, kind, verbs: ['get'] }));
  return orPlaceholder(listed, PLACEHOLDERS.external, kind);
}

/** How metrics.k8s.io lists its two resources. */
export const LISTED_RESOURCE_METRICS: readonly ListedResource[] = [
  { name: 'nodes', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
  { name: 'pods', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
];

function orPlaceholder(
  listed: readonly ListedResource[],
  name: string,
  kind: string,
): ListedResource[] {
  if (listed.length === 0) return [{ name, namespaced: true, kind, verbs: ['get'] }];
  return listed.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** `GET /apis`. @see kubernetes/apimachinery v0.37.2 pkg/apis/meta/v1/types.go APIGroupList */
export function apiGroupList(groups: readonly ServedGroup[]): object {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
}

/** `GET /apis/GROUP`. */
export function apiGroup(group: ServedGroup): object {
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) };
}

function groupOf({ group, versions }: ServedGroup): object {
  const named = versions.map(({ version }) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: named, preferredVersion: named[0] };
}

/** `GET /apis/GROUP/VERSION`. */
export function apiResourceList(group: string, { version, resources }: ServedVersion): object {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: `${group}/${version}`,
    resources: resources.map(({ name, namespaced, kind, verbs }) => ({
      name,
      singularName: '',
      namespaced,
      kind,
      verbs,
    })),
  };
}

/** Versions of aggregated discovery, which have the same form, the preferred one first. */
export const AGGREGATED_DISCOVERY_VERSIONS = ['v2', 'v2beta1'] as const;

/** One of {@link AGGREGATED_DISCOVERY_VERSIONS}. */
export type AggregatedDiscoveryVersion = (typeof AGGREGATED_DISCOVERY_VERSIONS)[number];

/** Content type of {@link apiGroupDiscoveryList}, which a client must ask for by this very text. */
export function aggregatedDiscoveryType(version: AggregatedDiscoveryVersion): string {
  return `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
}

/**
 * `GET /apis` for a client that takes aggregated discovery: all groups at once.
 *
 * @see kubernetes/api v0.37.2 apidiscovery/v2/types.go
 */
export function apiGroupDiscoveryList(
  groups: readonly ServedGroup[],
  inVersion: AggregatedDiscoveryVersion = 'v2',
): object {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${inVersion}`,
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: { name: group },
      versions: versions.map(({ version, resources }) => ({
        version,
        resources: discoveredResources(group, version, resources),
        freshness: 'Current',
      })),
    })),
  };
}

interface DiscoveredResource {
  readonly resource: string;
  responseKind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly scope: 'Namespaced' | 'Cluster';
  readonly singularResource: string;
  verbs: readonly string[];
  readonly subresources: object[];
}

/** Metrics of objects stand as subresources under one entry for each resource. */
function discoveredResources(
  group: string,
  version: string,
  resources: readonly ListedResource[],
): object[] {
  const found = new Map<string, DiscoveredResource>();
  for (const { name, namespaced, kind, verbs } of resources) {
    const [resource, subresource] = splitOnce(name);
    const responseKind = { group, version, kind };
    const scope = namespaced ? 'Namespaced' : 'Cluster';
    const parent = found.get(resource) ?? emptyResource(resource, scope);
    found.set(resource, parent);
    if (subresource === undefined) {
      parent.responseKind = responseKind;
      parent.verbs = verbs;
    } else parent.subresources.push({ subresource, responseKind, verbs });
  }
  return [...found.values()].map(({ subresources, ...one }) =>
    subresources.length === 0 ? one : { ...one, subresources },
  );
}

function emptyResource(resource: string, scope: DiscoveredResource['scope']): DiscoveredResource {
  // Old clients do not bear a kind that is null.
  const responseKind = { group: '', version: '', kind: '' };
  return { resource, responseKind, scope, singularResource: '', verbs: [], subresources: [] };
}

function splitOnce(name: string): [string, string?] {
  const slash = name.indexOf('/');
  return slash < 0 ? [name] : [name.slice(0, slash), name.slice(slash + 1)];
}
