export type {
  ConfigMap,
  Deployment,
  DeploymentSpec,
  HorizontalPodAutoscaler,
  ManifestObject,
  ObjectBase,
  ObjectSource,
  PodDisruptionBudget,
  PodDisruptionBudgetSpec,
  Secret,
  Service,
  ServicePort,
  ServiceSpec,
} from './kinds/kinds.ts';
export type {
  Container,
  ContainerPort,
  EnvFromSource,
  EnvSource,
  EnvVar,
  EnvVarSource,
  ExecAction,
  HttpGetAction,
  HttpHeader,
  KeySelector,
  Lifecycle,
  LifecycleHandler,
  ObjectFieldSelector,
  PodSpec,
  PodTemplate,
  Probe,
  ResourceFieldSelector,
  ResourceRequirements,
  SleepAction,
  TcpSocketAction,
} from './kinds/pod-spec.ts';
export { MANIFEST_LIMITS } from './limits.ts';
export { parseManifests, type ManifestSet } from './parse-manifests.ts';
export { readManifests, type ReadManifestsOptions } from './read-manifests.ts';
export type { ManifestSource } from './yaml/source-text.ts';
export { ManifestError } from './problem/manifest-error.ts';
export { formatProblem, type Problem } from './problem/problem.ts';
export { formatWarning, type ManifestWarning } from './problem/manifest-warning.ts';
export { metricOverrides } from './annotations/parse-metric-overrides.ts';
export { podCommand } from './annotations/parse-command.ts';
export { podWorkingDirectory } from './annotations/parse-working-directory.ts';
export {
  checkReferences,
  type CheckedObjects,
  type CheckedReferences,
} from './check-references.ts';
export { serviceSelects } from './references/service-selects.ts';
export type { IgnoredObject } from './objects/ignored-object.ts';
export type { LocatedField, LocateField } from './objects/locate-field.ts';
export {
  generateManifests,
  type GeneratedFile,
  type GeneratedManifests,
  type GenerateManifestsOptions,
} from './generate/generate-manifests.ts';
export { readDocuments, type ManifestDocument, type ReadDocuments } from './yaml/read-documents.ts';
export { describeNode, type ManifestNode } from './yaml/manifest-node.ts';
export type { SourceText } from './yaml/source-text.ts';
export { FieldPath } from './problem/field-path.ts';
export { nodeAt, ObjectReport, type IgnoredField } from './problem/object-report.ts';
export { record, type OtherFields, type RecordValue } from './shape/record-shape.ts';
export { listOf, mapOf } from './shape/collection-shapes.ts';
export { booleanShape } from './shape/scalar-shapes.ts';
export { optional, plain, type Field, type FieldTable, type Shape } from './shape/shape.ts';
export type { Reading } from './shape/reading.ts';
