import type { Observed, Quantity, Selector } from '@bellows/core';
import type { MetricFamily } from '@bellows/exposition';
import type { DescribedObject } from '../api/metric-value-list.ts';
import type { NodeMetrics, PodMetrics } from '../api/resource-metrics.ts';
import type { GroupResource } from '../naming/resource-mapper.ts';
import type { CustomMetric } from '../registry/custom-metric-registry.ts';

/** Which values of a custom metric are asked for. */
export interface ObjectMetricRequest {
  /** Plural name and whole group of what the objects are. */
  readonly resource: GroupResource;
  /** Empty for objects without namespace. */
  readonly namespace: string;
  /** The one object that is meant; undefined: all that `objectSelector` selects. */
  readonly name?: string;
  /** Of the objects' labels; of no effect beside a name. One without requirements selects all. */
  readonly objectSelector: Selector;
  /** The metric's name. */
  readonly metric: string;
  /** Of the series' labels; one without requirements selects all. */
  readonly metricSelector: Selector;
}

/** One object's value of a metric. */
export interface ObjectMetricValue {
  /** Whose it is. */
  readonly object: DescribedObject;
  /** With the time of its sample. One that is missing is left out of the answer, which its reason is logged for; it is never 0. */
  readonly value: Observed<Quantity>;
  /** How long a time the value is of; undefined: not known, or of an instant. */
  readonly windowSeconds?: number;
}

/** Custom metrics that a source has. */
export interface CustomMetrics {
  /** What discovery lists, in no order. From memory. */
  list(): readonly CustomMetric[];
  /**
   * The values, in the order of the objects; undefined when this source does not know the metric for such objects.
   *
   * @throws BellowsError `ERR_ADAPTER_SOURCE`, `ERR_ADAPTER_QUERY`, `ERR_ADAPTER_TEMPLATE` or `ERR_ADAPTER_RESULT` when the metric is
   *   known and cannot be read. The message reaches the client: it holds no address, query or secret.
   */
  read(
    request: ObjectMetricRequest,
    signal: AbortSignal,
  ): Promise<readonly ObjectMetricValue[] | undefined>;
}

/** Which values of an external metric are asked for. */
export interface ExternalMetricRead {
  /** The metric's name. */
  readonly metric: string;
  /** Of the autoscaler that asks. */
  readonly namespace: string;
  /** Of the series' labels; one without requirements selects all. */
  readonly selector: Selector;
}

/** One value of an external metric; an autoscaler adds all of them up. */
export interface ExternalReading {
  /** Undefined: the value has none. */
  readonly labels: Readonly<Record<string, string>> | undefined;
  /** With the time of its sample. A missing one makes the whole metric unreadable, since a sum without it would be wrong. */
  readonly value: Observed<Quantity>;
  /** How long a time the value is of; undefined: not known, or of an instant. */
  readonly windowSeconds?: number;
}

/** External metrics that a source has. */
export interface ExternalMetrics {
  /** Names that discovery lists, in no order. From memory. */
  list(): readonly string[];
  /**
   * The values; undefined when this source does not know the metric, empty when it has no series.
   *
   * @throws BellowsError as {@link CustomMetrics.read} does.
   */
  read(
    request: ExternalMetricRead,
    signal: AbortSignal,
  ): Promise<readonly ExternalReading[] | undefined>;
}

/** Which pods or nodes are asked for. */
export interface ResourceMetricsRequest {
  /** Empty: of all namespaces; nodes have none. */
  readonly namespace: string;
  /** The one that is meant; undefined: all that `labelSelector` selects. */
  readonly name?: string;
  /** Of the objects' labels. One without requirements selects all. */
  readonly labelSelector: Selector;
}

/** What metrics.k8s.io is answered from. An object without data is left out. @throws BellowsError as {@link CustomMetrics.read} does. */
export interface ResourceMetrics {
  /** Usage of pods, sorted by namespace and name. */
  pods(request: ResourceMetricsRequest, signal: AbortSignal): Promise<readonly PodMetrics[]>;
  /** Usage of nodes, sorted by name. */
  nodes(request: ResourceMetricsRequest, signal: AbortSignal): Promise<readonly NodeMetrics[]>;
}

/** How one part of a source does, such as a rule, a query or a consumer group. */
export interface SourceState {
  /** Which part, such as `rules[3]`; no secret in it. */
  readonly part: string;
  /** What keeps it from answering, for people; undefined: it is well. */
  readonly problem?: string;
  /** When it was last well, in milliseconds since the epoch; undefined: never. */
  readonly lastSuccessMs?: number;
  /** How long its last work took that went well, in milliseconds; undefined: never, or not measured. */
  readonly durationMs?: number;
  /** How often it failed, by error code; undefined: not counted. */
  readonly errors?: ReadonlyMap<string, number>;
}

/**
 * Where metrics come from. Each metrics API is answered by the first source that knows the metric. A source works by itself in the
 * background, and its failure harms no other.
 */
export interface Source {
  /** Its name in the configuration. */
  readonly name: string;
  /** Undefined: it has none. */
  readonly custom?: CustomMetrics | undefined;
  /** Undefined: it has none. */
  readonly external?: ExternalMetrics | undefined;
  /** Undefined: it has none. */
  readonly resource?: ResourceMetrics | undefined;
  /** Begins its work; does not wait for it. A second call does nothing. */
  start(): void;
  /** True as soon as it can say of each of its metrics either a value or why there is none; the server is ready then. */
  isReady(): boolean;
  /** How each part does, in a fixed order. */
  state(): readonly SourceState[];
  /** What else it says of itself on the page of metrics; undefined: nothing. @param nowMs - Milliseconds since the epoch. */
  families?(nowMs: number): readonly MetricFamily[];
  /** Leaves no timer and no connection. Idempotent. */
  stop(): Promise<void>;
}
