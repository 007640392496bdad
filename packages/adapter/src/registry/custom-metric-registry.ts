import { BellowsError, type Selector } from '@bellows/core';
import type { MetricNamer } from '../naming/metric-namer.ts';
import { isClusterScoped } from '../naming/resource-converter.ts';
import {
  formatGroupResource,
  type GroupResource,
  type ResourceMapper,
} from '../naming/resource-mapper.ts';
import type { SeriesShape } from './series.ts';

/** A metric of the custom metrics API. */
export interface CustomMetric {
  /** What it describes: plural name and whole group. */
  readonly resource: GroupResource;
  /** Whether it describes objects in namespaces. */
  readonly namespaced: boolean;
  /** The metric's name, which need not be that of its series. */
  readonly metric: string;
}

/** What is asked for. */
export interface CustomMetricRequest {
  /** As it stands in the path: plural or singular, with its group. */
  readonly resource: GroupResource;
  /** The metric's name. */
  readonly metric: string;
  /** Empty for a resource without namespace. */
  readonly namespace: string;
  /** Names of the objects, at least one. */
  readonly names: readonly string[];
  /** Label selector of series; one without requirements selects all. */
  readonly selector: Selector;
}

/** A custom metric and what it is made of. */
export interface CustomSeries extends CustomMetric {
  /** Name of its series. */
  readonly series: string;
  /** The rule that it comes from. */
  readonly namer: MetricNamer;
}

/** Which metric is meant. */
export type CustomMetricName = Pick<CustomMetricRequest, 'resource' | 'metric' | 'namespace'>;

/** How it is told whether a metric belongs to a namespace. */
export type MetricScopes =
  /** As its resource does. */
  | 'cluster'
  /** Upstream's way: every resource but three is taken for one in namespaces, so that nobody reaches metrics of the others. */
  | 'upstream';

/**
 * Which custom metrics there are, and what Prometheus is asked for each.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/custom-provider/series_registry.go
 */
export class CustomMetricRegistry {
  readonly #mapper: ResourceMapper;
  readonly #scopes: MetricScopes;
  readonly #entries: ReadonlyMap<string, CustomSeries>;

  /**
   * @param found - Each rule with the series that its query found and its filters keep; a later rule's metric
   *   takes the place of an earlier one's.
   * @param scopes - @defaultValue 'cluster'
   */
  constructor(
    mapper: ResourceMapper,
    found: readonly { readonly namer: MetricNamer; readonly series: readonly SeriesShape[] }[],
    scopes: MetricScopes = 'cluster',
  ) {
    this.#mapper = mapper;
    this.#scopes = scopes;
    const entries = new Map<string, CustomSeries>();
    for (const { namer, series } of found) {
      for (const { name, labelNames } of series) {
        for (const entry of this.#entriesOf(namer, name, labelNames))
          entries.set(keyOf(entry), entry);
      }
    }
    this.#entries = entries;
  }

  /** All metrics, sorted by name and resource. */
  list(): CustomMetric[] {
    return [...this.#entries.values()]
      .map(({ resource, namespaced, metric }) => ({ resource, namespaced, metric }))
      .sort((a, b) => compare(keyOf(a), keyOf(b)));
  }

  /**
   * The PromQL of a request; undefined for a metric that is not there.
   *
   * @throws BellowsError `ERR_ADAPTER_QUERY` or `ERR_ADAPTER_TEMPLATE` when no query can be made.
   */
  query(request: CustomMetricRequest): string | undefined {
    const { metric, namespace, names, selector } = request;
    if (names.length === 0) {
      throw new BellowsError(
        'ERR_ADAPTER_QUERY',
        `Expected names of objects for ${metric}, got none`,
      );
    }
    const found = this.find(request);
    if (found === undefined) return undefined;
    const { series, resource, namer } = found;
    return namer.queryObjects({ series, resource, namespace, names, selector });
  }

  /** What is known of a metric; undefined if it is not there. */
  find({ resource: wanted, metric, namespace }: CustomMetricName): CustomSeries | undefined {
    const found = this.#mapper.find(wanted);
    if (found === undefined) return undefined;
    const resource = { group: found.group, resource: found.name };
    return this.#entries.get(keyOf({ resource, namespaced: namespace !== '', metric }));
  }

  *#entriesOf(
    namer: MetricNamer,
    series: string,
    labelNames: readonly string[],
  ): Generator<CustomSeries> {
    const metric = namer.nameOf(series);
    if (metric === undefined) return;
    const { resources, namespaced } = namer.converter.resourcesOf(labelNames);
    for (const resource of resources) {
      yield { resource, namespaced: namespaced && this.#isScoped(resource), metric, series, namer };
    }
  }

  #isScoped(resource: GroupResource): boolean {
    if (isClusterScoped(resource)) return false;
    return this.#scopes === 'upstream' || this.#mapper.find(resource)?.namespaced !== false;
  }
}

function keyOf({ resource, namespaced, metric }: CustomMetric): string {
  return `${metric} ${formatGroupResource(resource)} ${String(namespaced)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
