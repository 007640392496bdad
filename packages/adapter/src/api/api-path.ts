import type { GroupResource } from '../naming/resource-mapper.ts';
import type { CustomMetricsVersion } from './metric-value-list.ts';

/** What a path of the metrics APIs asks for. */
export type ApiPath =
  | GroupListPath
  | GroupPath
  | ResourceListPath
  | CustomMetricPath
  | ExternalMetricPath
  | ResourceMetricsPath
  | UnknownPath;

/** `/apis`: which groups there are. */
export interface GroupListPath {
  /** Tells it from other paths. */
  readonly kind: 'groups';
}

/** `/apis/GROUP`: which versions a group has. */
export interface GroupPath {
  /** Tells it from other paths. */
  readonly kind: 'group';
  /** Such as `metrics.k8s.io`; need not be one that is served. */
  readonly group: string;
}

/** `/apis/GROUP/VERSION`: what a version of a group has. */
export interface ResourceListPath {
  /** Tells it from other paths. */
  readonly kind: 'resources';
  /** Such as `metrics.k8s.io`; need not be one that is served. */
  readonly group: string;
  /** Such as `v1beta1`. */
  readonly version: string;
}

/** Asks for values of a custom metric. */
export interface CustomMetricPath {
  /** Tells it from other paths. */
  readonly kind: 'custom';
  /** In which the answer is to be. */
  readonly version: CustomMetricsVersion;
  /** As it was written: plural or singular. */
  readonly resource: GroupResource;
  /** Empty for a root-scoped resource. */
  readonly namespace: string;
  /** Of the object; `*` for all that a selector selects. */
  readonly name: string;
  /** The metric's name. */
  readonly metric: string;
}

/** Asks for usage of nodes or pods. */
export interface ResourceMetricsPath {
  /** Tells it from other paths. */
  readonly kind: 'resource';
  /** Of which. */
  readonly resource: 'nodes' | 'pods';
  /** Empty: every one. */
  readonly namespace: string;
  /** Empty: all. */
  readonly name: string;
}

/** Asks for values of an external metric. */
export interface ExternalMetricPath {
  /** Tells it from other paths. */
  readonly kind: 'external';
  /** Never empty. */
  readonly namespace: string;
  /** The metric's name. */
  readonly metric: string;
}

/** Nothing that there is. */
export interface UnknownPath {
  /** Tells it from other paths. */
  readonly kind: 'unknown';
}
