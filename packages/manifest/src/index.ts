export type {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  ManifestObject,
  ObjectSource,
  PodDisruptionBudget,
  Secret,
  Service,
  ServicePort,
} from './kinds/kinds.ts';
export type {
  Container,
  ContainerPort,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  HttpGetAction,
  LifecycleHandler,
  PodSpec,
  PodTemplate,
  Probe,
} from './kinds/pod-spec.ts';
