import { nearestSpelling } from '@bellows/core';
import { defaultHpaSpec, validateHpaSpec, type HpaSpec, type ObjectReference } from '@bellows/hpa';
import { METRICS_ANNOTATION } from '../annotations/annotation-names.ts';
import { parseMetricOverrides } from '../annotations/parse-metric-overrides.ts';
import { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { listOf } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { enumShape, int32Shape, quantityShape, stringShape } from '../shape/scalar-shapes.ts';
import { optional, plain, type Shape } from '../shape/shape.ts';
import { dns1123SubdomainProblems } from '../validation/names.ts';
import { defineKind, type KindReader } from './kind-reader.ts';
import type { HorizontalPodAutoscaler, ObjectBase } from './kinds.ts';
import { labelSelectorShape } from './label-selector-shape.ts';

/** `autoscaling/v2 CrossVersionObjectReference`. */
export const objectReferenceShape: Shape<ObjectReference> = record('a map with kind and name', {
  apiVersion: optional(stringShape),
  kind: plain(stringShape),
  name: plain(stringShape),
});

const identifier = record('a map with the name of a metric', {
  name: plain(stringShape),
  selector: optional(labelSelectorShape),
});

const target = record('a map with type and a value', {
  type: plain(
    enumShape<'Utilization' | 'Value' | 'AverageValue' | ''>(
      ['Utilization', 'Value', 'AverageValue'],
      '',
    ),
  ),
  value: optional(quantityShape),
  averageValue: optional(quantityShape),
  averageUtilization: optional(int32Shape),
});

const TYPES = ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'] as const;

const metric = record('a metric', {
  type: plain(enumShape<(typeof TYPES)[number] | ''>(TYPES, '')),
  resource: optional(
    record('a resource metric', { name: plain(stringShape), target: plain(target) }),
  ),
  containerResource: optional(
    record('a container resource metric', {
      name: plain(stringShape),
      container: plain(stringShape),
      target: plain(target),
    }),
  ),
  pods: optional(record('a pods metric', { metric: plain(identifier), target: plain(target) })),
  object: optional(
    record('an object metric', {
      describedObject: plain(objectReferenceShape),
      metric: plain(identifier),
      target: plain(target),
    }),
  ),
  external: optional(
    record('an external metric', { metric: plain(identifier), target: plain(target) }),
  ),
});

const rules = record('scaling rules', {
  stabilizationWindowSeconds: optional(int32Shape),
  selectPolicy: optional(
    enumShape<'Max' | 'Min' | 'Disabled' | ''>(['Max', 'Min', 'Disabled'], ''),
  ),
  policies: optional(
    listOf(
      record('a policy', {
        type: plain(enumShape<'Pods' | 'Percent' | ''>(['Pods', 'Percent'], '')),
        value: plain(int32Shape),
        periodSeconds: plain(int32Shape),
      }),
    ),
  ),
  tolerance: optional(quantityShape),
});

const spec = record('a map with scaleTargetRef and maxReplicas', {
  scaleTargetRef: plain(objectReferenceShape),
  minReplicas: optional(int32Shape),
  maxReplicas: plain(int32Shape),
  metrics: optional(listOf(metric)),
  behavior: optional(
    record('a map with scaleUp and scaleDown', {
      scaleUp: optional(rules),
      scaleDown: optional(rules),
    }),
  ),
});

/**
 * `autoscaling/v2 HorizontalPodAutoscaler`. Defaults and validation of its spec are those of `@bellows/hpa`.
 */
export const horizontalPodAutoscalerKind: KindReader = defineKind({
  kind: 'HorizontalPodAutoscaler',
  apiVersion: 'autoscaling/v2',
  fields: { spec: plain(spec) },
  nameProblems: dns1123SubdomainProblems,
  build: (value, base) => buildHpa(value.spec as HpaSpec, base),
  validate: validateHpa,
});

/** An HPA with its defaults. `given` may lack what is required: validation names it. */
export function buildHpa(given: HpaSpec, base: ObjectBase): HorizontalPodAutoscaler {
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    ...base,
    spec: defaultHpaSpec(given),
  };
}

/** Reports what the API server refuses in an HPA, and overrides of metrics that it does not have. */
export function validateHpa(hpa: HorizontalPodAutoscaler, report: ObjectReport): void {
  for (const { field, message } of validateHpaSpec(hpa.spec)) {
    report.reject(FieldPath.parse(field), message);
  }
  const text = hpa.metadata.annotations[METRICS_ANNOTATION];
  if (text === undefined) return;
  const names = metricNames(hpa.spec);
  for (const name of parseMetricOverrides(text).overrides.keys()) {
    if (names.includes(name)) continue;
    const nearest = nearestSpelling(name, names);
    report.reject(
      FieldPath.root.child('metadata', 'annotations').key(METRICS_ANNOTATION),
      `${JSON.stringify(name)} is no Pods, Object or External metric of this HPA`,
      nearest === undefined
        ? 'Remove it, or add the metric to spec.metrics.'
        : `Did you mean ${JSON.stringify(nearest)}?`,
    );
  }
}

function metricNames({ metrics = [] }: HpaSpec): readonly string[] {
  return metrics.flatMap(({ pods, object, external }) =>
    [pods, object, external].flatMap((source) => source?.metric.name ?? []),
  );
}
