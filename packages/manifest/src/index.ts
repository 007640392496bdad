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
export { METRICS_ANNOTATION } from './annotations/annotation-names.ts';
export {
  metricOverrides,
  parseMetricOverrides,
  type MetricOverrides,
} from './annotations/parse-metric-overrides.ts';
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
