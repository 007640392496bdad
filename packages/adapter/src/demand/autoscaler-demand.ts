import type { LabelSelector, MetricSource } from '@bellows/core';
import type { KubernetesObject } from '@bellows/kubernetes';
import { formatProblem, METRICS_ANNOTATION, parseMetricOverrides } from '@bellows/manifest';

/** An object that an autoscaler refers to. */
export interface ObjectReference {
  /** Group and version, such as `apps/v1`. */
  readonly apiVersion: string;
  /** Such as `Deployment`. */
  readonly kind: string;
  /** Its `metadata.name`. */
  readonly name: string;
}

/** A metric of a metrics API that an autoscaler names. */
export interface NamedMetric {
  /** As in the autoscaler: `Pods` and `Object` are asked from custom.metrics.k8s.io, `External` from external.metrics.k8s.io. */
  readonly type: 'Pods' | 'Object' | 'External';
  /** The metric's name. */
  readonly name: string;
  /** Series that count; undefined: all. */
  readonly selector?: LabelSelector;
  /** The object that a metric of type `Object` describes; undefined for others. */
  readonly describedObject?: ObjectReference;
  /** What `bellows.dev/metrics` says of it; undefined: nothing. */
  readonly source?: MetricSource;
}

/** What one autoscaler asks for. */
export interface AutoscalerDemand {
  /** Its namespace. */
  readonly namespace: string;
  /** Its name. */
  readonly name: string;
  /** Its uid, which an Event refers to. */
  readonly uid: string;
  /** What it scales. */
  readonly target: ObjectReference;
  /** In the order of its spec; resource metrics are left out. */
  readonly metrics: readonly NamedMetric[];
  /** What is wrong with its annotation `bellows.dev/metrics`; undefined: nothing. */
  readonly problem?: string;
}

/** What is read of an `autoscaling/v2 HorizontalPodAutoscaler`. */
export interface ApiAutoscaler extends KubernetesObject {
  readonly spec?: {
    readonly scaleTargetRef?: Partial<ObjectReference>;
    readonly metrics?: readonly ApiMetric[] | null;
  };
}

interface ApiMetric {
  readonly pods?: { readonly metric?: ApiIdentifier };
  readonly object?: {
    readonly metric?: ApiIdentifier;
    readonly describedObject?: Partial<ObjectReference>;
  };
  readonly external?: { readonly metric?: ApiIdentifier };
}

interface ApiIdentifier {
  readonly name?: string;
  readonly selector?: LabelSelector | null;
}

/** What is kept of an autoscaler: what {@link readDemand} reads. */
export function demandPart({ metadata, spec = {} }: ApiAutoscaler): ApiAutoscaler {
  const { name, namespace, uid, resourceVersion, annotations } = metadata;
  const text = annotations?.[METRICS_ANNOTATION];
  const { scaleTargetRef, metrics } = spec;
  return {
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(text !== undefined && { annotations: { [METRICS_ANNOTATION]: text } }),
    },
    spec: { ...(scaleTargetRef && { scaleTargetRef }), ...(metrics && { metrics }) },
  };
}

/** Reads what an autoscaler asks for. */
export function readDemand({ metadata, spec = {} }: ApiAutoscaler): AutoscalerDemand {
  const { overrides, problems } = parseMetricOverrides(
    metadata.annotations?.[METRICS_ANNOTATION] ?? '',
  );
  const metrics = (spec.metrics ?? []).flatMap((metric) => readMetric(metric, overrides));
  const problem = problems.map(formatProblem).join(' ');
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    target: readReference(spec.scaleTargetRef),
    metrics,
    ...(problem !== '' && { problem: `Annotation ${METRICS_ANNOTATION}: ${problem}` }),
  };
}

function readMetric(
  { pods, object, external }: ApiMetric,
  overrides: ReadonlyMap<string, MetricSource>,
): NamedMetric[] {
  if (pods !== undefined) return readNamed('Pods', pods.metric, overrides);
  if (external !== undefined) return readNamed('External', external.metric, overrides);
  const describedObject = readReference(object?.describedObject);
  return readNamed('Object', object?.metric, overrides).map((one) => ({ ...one, describedObject }));
}

function readNamed(
  type: NamedMetric['type'],
  metric: ApiIdentifier | undefined,
  overrides: ReadonlyMap<string, MetricSource>,
): NamedMetric[] {
  const { name, selector } = metric ?? {};
  if (name === undefined || name === '') return [];
  const source = overrides.get(name);
  return [{ type, name, ...(selector && { selector }), ...(source && { source }) }];
}

function readReference({
  apiVersion = 'v1',
  kind = '',
  name = '',
}: Partial<ObjectReference> = {}): ObjectReference {
  return { apiVersion, kind, name };
}
