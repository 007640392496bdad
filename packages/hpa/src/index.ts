export type {
  ContainerResourceMetricSource,
  ExternalMetricSource,
  HpaBehavior,
  HpaSpec,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectMetricSource,
  ObjectReference,
  PodsMetricSource,
  ResourceMetricSource,
  ScalingPolicy,
  ScalingRules,
} from './hpa-spec.ts';
export { PROFILE_1_37, type FeatureGates, type Profile } from './profile.ts';
export type { Autoscaler } from './autoscaler.ts';
export type {
  ContainerUsageReading,
  ExternalReading,
  FailedReading,
  HpaObservation,
  MetricReading,
  ObjectReading,
  ObservedContainer,
  ObservedPod,
  OtherAutoscaler,
  PodUsage,
  PodValue,
  PodsReading,
  ResourceReading,
  ScaleReading,
  ScaleValue,
  UnreadableScale,
} from './observation.ts';
export type {
  ContainerResourceMetricStatus,
  ExternalMetricStatus,
  HpaStatus,
  MetricStatus,
  MetricValueStatus,
  ObjectMetricStatus,
  PodsMetricStatus,
  ResourceMetricStatus,
} from './hpa-status.ts';
export {
  createHpaState,
  forgetMemory,
  type HpaMemory,
  type HpaState,
  type Recommendation,
  type ScaleEventMemory,
} from './hpa-state.ts';
export type { Decision, Proposal, UnwrittenOutcome } from './decision.ts';
export type {
  ChosenPolicy,
  DecisionPath,
  DecisionTrace,
  LimitTrace,
  MetricAmount,
  MetricTrace,
  PodGroupCounts,
  PolicyTrace,
  ProposalRule,
  StabilizationTrace,
  ToleranceTrace,
} from './decision-trace.ts';
export { decide } from './decide.ts';
export { failScaleWrite } from './scale-write.ts';
export { defaultHpaSpec } from './hpa-defaults.ts';
export { validateHpaSpec, type ValidateHpaSpecOptions } from './validation/validate-hpa-spec.ts';
export type { HpaProblem, HpaProblemKind } from './validation/hpa-problem.ts';
export type { Loose } from './validation/loose.ts';
export { describeDecision } from './words/describe-decision.ts';
export { toDecisionRecord, type DecisionRecordInput } from './decision-record.ts';
export { nextChange, type NextChangeInput } from './next-change.ts';
export { counterfactuals, type DecisionBasis } from './counterfactuals.ts';
export { explainDecision, type ExplainDecisionInput } from './explain-decision.ts';
export { whyNot, type WhyNot } from './why-not.ts';
export { readBasis } from './record-basis.ts';
export type {
  ApiCondition,
  ApiContainer,
  ApiHpa,
  ApiHpaStatus,
  ApiMetadata,
  ApiMetricValue,
  ApiPod,
  ApiPodMetrics,
  ApiScale,
} from './api/api-objects.ts';
export { observePod } from './api/observe-pod.ts';
export { observeScale, observeStatus } from './api/observe-status.ts';
export { observeMetric } from './api/observe-metrics.ts';
export { clientWords, type ApiRefusal } from './api/client-words.ts';
