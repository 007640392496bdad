import {
  LISTED_RESOURCE_METRICS,
  listedCustomMetrics,
  listedExternalMetrics,
  type ServedGroup,
} from '../api/discovery.ts';
import { CUSTOM_METRICS_VERSIONS } from '../api/metric-value-list.ts';
import type { CustomMetric } from '../registry/custom-metric-registry.ts';
import { formatGroupResource } from '../naming/resource-mapper.ts';
import type { Source } from '../source/source.ts';

/** Groups of the metrics APIs. */
export type MetricsApiGroup =
  'custom.metrics.k8s.io' | 'external.metrics.k8s.io' | 'metrics.k8s.io';

/** What discovery lists: all metrics, or one name that stands for them, since every client of the cluster reads these lists. */
export type DiscoveryMode = 'full' | 'placeholder';

/** Groups that some source has something of. */
export function groupsOf(sources: readonly Source[]): MetricsApiGroup[] {
  return [
    ...(sources.some(({ custom }) => custom) ? ['custom.metrics.k8s.io' as const] : []),
    ...(sources.some(({ external }) => external) ? ['external.metrics.k8s.io' as const] : []),
    ...(sources.some(({ resource }) => resource) ? ['metrics.k8s.io' as const] : []),
  ];
}

/** The groups with all that they list now; what several sources have is listed once. */
export function servedGroups(
  groups: readonly MetricsApiGroup[],
  sources: readonly Source[],
  mode: DiscoveryMode,
): ServedGroup[] {
  const asked = mode === 'full' ? sources : [];
  return groups.map((group): ServedGroup => {
    switch (group) {
      case 'custom.metrics.k8s.io': {
        const resources = listedCustomMetrics(
          distinct(
            asked.flatMap(({ custom }) => custom?.list() ?? []),
            keyOf,
          ),
        );
        return {
          group,
          versions: CUSTOM_METRICS_VERSIONS.map((version) => ({ version, resources })),
        };
      }
      case 'external.metrics.k8s.io': {
        const names = new Set(asked.flatMap(({ external }) => external?.list() ?? []));
        return {
          group,
          versions: [{ version: 'v1beta1', resources: listedExternalMetrics([...names]) }],
        };
      }
      case 'metrics.k8s.io':
        return { group, versions: [{ version: 'v1beta1', resources: LISTED_RESOURCE_METRICS }] };
    }
  });
}

function distinct<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

/** A resource is listed once, whether its objects are in namespaces or not: its name is the list's key. */
function keyOf({ resource, metric }: CustomMetric): string {
  return `${formatGroupResource(resource)}/${metric}`;
}
