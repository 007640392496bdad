import { configMapKind } from './config-map.ts';
import { deploymentKind } from './deployment.ts';
import { horizontalPodAutoscalerV1Kind } from './horizontal-pod-autoscaler-v1.ts';
import { horizontalPodAutoscalerKind } from './horizontal-pod-autoscaler.ts';
import type { KindReader } from './kind-reader.ts';
import { podDisruptionBudgetKind } from './pod-disruption-budget.ts';
import { secretKind } from './secret.ts';
import { serviceKind } from './service.ts';

/** Every kind and version that is acted on. */
export const KIND_READERS: readonly KindReader[] = [
  deploymentKind,
  serviceKind,
  horizontalPodAutoscalerKind,
  horizontalPodAutoscalerV1Kind,
  podDisruptionBudgetKind,
  configMapKind,
  secretKind,
];

/** Versions that Kubernetes has removed, with what to write instead. */
export const REMOVED_VERSIONS: Readonly<Record<string, string>> = {
  'autoscaling/v2beta1 HorizontalPodAutoscaler':
    'It was removed in Kubernetes 1.25. Write autoscaling/v2: a metric source holds metric.name and target.',
  'autoscaling/v2beta2 HorizontalPodAutoscaler':
    'It was removed in Kubernetes 1.26. Write autoscaling/v2: the fields are the same.',
  'extensions/v1beta1 Deployment': 'It was removed in Kubernetes 1.16. Write apps/v1.',
  'apps/v1beta1 Deployment': 'It was removed in Kubernetes 1.16. Write apps/v1.',
  'apps/v1beta2 Deployment': 'It was removed in Kubernetes 1.16. Write apps/v1.',
  'policy/v1beta1 PodDisruptionBudget': 'It was removed in Kubernetes 1.25. Write policy/v1.',
};
