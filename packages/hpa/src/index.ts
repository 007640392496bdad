export type {
  HpaSpec,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectReference,
  ScalingPolicy,
  ScalingRules,
} from './hpa-spec.ts';
