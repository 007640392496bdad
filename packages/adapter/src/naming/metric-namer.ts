import { BellowsError, type Selector } from '@bellows/core';
import type { DiscoveryRule } from '../config/discovery-rule.ts';
import { partsOf, type QueryPart, type ValueEscaping } from './label-matchers.ts';
import { createMetricNaming, type MetricNaming } from './metric-name.ts';
import { MetricsQuery } from './metrics-query.ts';
import { ResourceConverter } from './resource-converter.ts';
import { formatGroupResource, type GroupResource, type ResourceMapper } from './resource-mapper.ts';
import { createNameTest, type NameTest } from './series-filter.ts';

const NAMESPACES: GroupResource = { group: '', resource: 'namespaces' };

/** What is asked of objects. */
export interface ObjectQuery {
  /** Name of the series. */
  readonly series: string;
  /** What the objects are: plural name and whole group. */
  readonly resource: GroupResource;
  /** Empty for a resource without namespace. */
  readonly namespace: string;
  /** At least one. */
  readonly names: readonly string[];
  /** An expression that means the names, in fewer characters. @defaultValue they are written one by one */
  readonly expression?: string;
  /** The request's label selector, of series; one without requirements selects all. */
  readonly selector: Selector;
}

/** What is asked of an external metric. */
export interface ExternalQuery {
  /** Name of the series. */
  readonly series: string;
  /** Empty: of all namespaces. */
  readonly namespace: string;
  /** The request's label selector, of series; one without requirements selects all. */
  readonly selector: Selector;
}

/**
 * A rule, ready to be used: which series it takes, how they are called, and what Prometheus is asked.
 *
 * @see kubernetes-sigs/prometheus-adapter v0.12.0 pkg/naming/metric_namer.go
 */
export class MetricNamer {
  /** As it was read. */
  readonly rule: DiscoveryRule;
  /** Which resource a label names, and which label names a resource. */
  readonly converter: ResourceConverter;
  /** Whether a series' name passes the rule's filters. */
  readonly takes: NameTest;
  /** The metric's name of a series. */
  readonly nameOf: MetricNaming;
  readonly #query: MetricsQuery;
  readonly #escaping: ValueEscaping;

  /** @throws BellowsError `ERR_ADAPTER_RULE` saying what of the rule cannot be used. */
  constructor(rule: DiscoveryRule, mapper: ResourceMapper, escaping: ValueEscaping) {
    const { place } = rule;
    this.rule = rule;
    this.#escaping = escaping;
    this.converter = new ResourceConverter(rule.resources, mapper, place);
    this.takes = createNameTest(rule.seriesFilters, rule.name.matches, place);
    this.nameOf = createMetricNaming(rule.name, place);
    this.#query = new MetricsQuery(rule.metricsQuery, place);
  }

  /** @throws BellowsError `ERR_ADAPTER_QUERY` or `ERR_ADAPTER_TEMPLATE` when no query can be made. */
  queryObjects(query: ObjectQuery): string {
    const { series, resource, namespace, names, expression, selector } = query;
    const label = this.#label(resource);
    const parts: QueryPart[] = [
      ...partsOf(selector.requirements),
      ...this.#namespacePart(namespace),
      {
        ...{ label, operator: names.length > 1 ? 'in' : '=', values: names },
        ...(expression !== undefined && { expression }),
      },
    ];
    return this.#query.build({ series, parts, groupBy: [label], escaping: this.#escaping });
  }

  /** @throws BellowsError `ERR_ADAPTER_QUERY` or `ERR_ADAPTER_TEMPLATE` when no query can be made. */
  queryExternal({ series, namespace, selector }: ExternalQuery): string {
    const isNamespaced = this.rule.resources.namespaced ?? true;
    const parts = [
      ...partsOf(selector.requirements),
      ...(isNamespaced ? this.#namespacePart(namespace) : []),
    ];
    return this.#query.build({ series, parts, groupBy: [], escaping: this.#escaping });
  }

  #namespacePart(namespace: string): QueryPart[] {
    if (namespace === '') return [];
    return [{ label: this.#label(NAMESPACES), operator: '=', values: [namespace] }];
  }

  #label(resource: GroupResource): string {
    const label = this.converter.labelOf(resource);
    if (label !== undefined) return label;
    const name = formatGroupResource(resource);
    throw new BellowsError('ERR_ADAPTER_QUERY', `No label is known that names ${name}`, {
      place: this.rule.place,
      remedy: `Add an override for ${name} to the rule's resources, or a template.`,
    });
  }
}
