import type { Place } from '@bellows/core';
import type { SourceConfig } from './source-config.ts';

/** Keeps or drops series by name; exactly one of the two is set. */
export interface SeriesFilter {
  /** RE2 expression that must be found in the name; empty: not set. */
  readonly is: string;
  /** RE2 expression that must not be found in the name; empty: not set. */
  readonly isNot: string;
}

/** A resource as a rule names it: plural or singular, in any case; an empty group means any. */
export interface ResourceName {
  /** Such as `apps`; empty: any, the core group first. */
  readonly group: string;
  /** Such as `pods` or `pod`. */
  readonly resource: string;
}

/** How labels of series relate to resources of the cluster. */
export interface ResourceMapping {
  /** Template of a label's name, with `.Group` and `.Resource`; empty: none. */
  readonly template: string;
  /** Labels and the resource that each holds the name of, in the order of the file. */
  readonly overrides: Readonly<Record<string, ResourceName>>;
  /** Whether an external metric belongs to a namespace. Undefined: it does. Custom metrics ignore it, as upstream does. */
  readonly namespaced?: boolean;
}

/** How a metric is named after its series. */
export interface NameMapping {
  /** RE2 expression; empty: every name. */
  readonly matches: string;
  /** What the name becomes, with `$1` and `${name}`; empty: the only group, or all that was found. */
  readonly as: string;
}

/** One of `rules` or `externalRules` of prometheus-adapter's configuration. */
export interface DiscoveryRule {
  /** Where it stands in the file. */
  readonly place: Place;
  /** Which series it is about: a series selector of PromQL. */
  readonly seriesQuery: string;
  /** All must hold for a series found; empty: every series is taken. */
  readonly seriesFilters: readonly SeriesFilter[];
  /** Which objects the series are about. */
  readonly resources: ResourceMapping;
  /** What the metric is called. */
  readonly name: NameMapping;
  /** Template of the PromQL query. */
  readonly metricsQuery: string;
  /** Name of the source of kind Prometheus that is asked; undefined: the one of the command line. */
  readonly backend?: string;
}

/** How CPU or memory is asked for. */
export interface ResourceRule {
  /** Template of the query for containers. */
  readonly containerQuery: string;
  /** Template of the query for nodes. */
  readonly nodeQuery: string;
  /** Which labels name the pod, its namespace and the node. */
  readonly resources: ResourceMapping;
  /** Label that holds the container's name. */
  readonly containerLabel: string;
}

/** What metrics.k8s.io is answered from. */
export interface ResourceRules {
  /** In cores. */
  readonly cpu: ResourceRule;
  /** In bytes. */
  readonly memory: ResourceRule;
  /** What the answers give as their window, in milliseconds. */
  readonly windowMs: number;
}

/** prometheus-adapter's configuration. */
export interface AdapterConfig {
  /** Of custom.metrics.k8s.io; a later rule takes the place of an earlier one. Empty: there are none. */
  readonly rules: readonly DiscoveryRule[];
  /** Of external.metrics.k8s.io, likewise. */
  readonly externalRules: readonly DiscoveryRule[];
  /** Absent: metrics.k8s.io is not served. */
  readonly resourceRules?: ResourceRules;
  /** Beside the Prometheus of the command line; prometheus-adapter has no such key. Undefined: none. */
  readonly sources?: readonly SourceConfig[];
}
