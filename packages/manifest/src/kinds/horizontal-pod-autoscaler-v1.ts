import type { HpaSpec } from '@bellows/hpa';
import { FieldPath } from '../problem/field-path.ts';
import { record } from '../shape/record-shape.ts';
import { int32Shape } from '../shape/scalar-shapes.ts';
import { optional, plain } from '../shape/shape.ts';
import { dns1123SubdomainProblems } from '../validation/names.ts';
import { buildHpa, objectReferenceShape, validateHpa } from './horizontal-pod-autoscaler.ts';
import { defineKind, type KindReader } from './kind-reader.ts';

const spec = record('a map with scaleTargetRef and maxReplicas', {
  scaleTargetRef: plain(objectReferenceShape),
  minReplicas: optional(int32Shape),
  maxReplicas: plain(int32Shape),
  targetCPUUtilizationPercentage: optional(int32Shape),
});

/**
 * `autoscaling/v1 HorizontalPodAutoscaler`, read as v2: its one target is a Resource metric.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/v1/conversion.go
 */
export const horizontalPodAutoscalerV1Kind: KindReader = defineKind({
  kind: 'HorizontalPodAutoscaler',
  apiVersion: 'autoscaling/v1',
  fields: { spec: plain(spec) },
  nameProblems: dns1123SubdomainProblems,
  build: ({ spec: { targetCPUUtilizationPercentage, ...rest } }, base) =>
    buildHpa({ ...rest, ...cpuMetric(targetCPUUtilizationPercentage) }, base),
  validate: (hpa, report, { spec: { targetCPUUtilizationPercentage: percent } }) => {
    if (percent !== undefined && percent < 1) {
      const path = FieldPath.root.child('spec', 'targetCPUUtilizationPercentage');
      report.invalid(path, percent, ['must be greater than 0']);
    } else validateHpa(hpa, report);
  },
});

function cpuMetric(percent: number | undefined): Pick<HpaSpec, 'metrics'> {
  if (percent === undefined) return {};
  const target = { type: 'Utilization', averageUtilization: percent } as const;
  return { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}
