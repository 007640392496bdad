/**
 * Feature gates of kube-controller-manager that change what the HPA decides, named as Kubernetes names them.
 */
export interface FeatureGates {
  /** `tolerance` per direction in `spec.behavior` counts. Locked on in 1.37. */
  readonly HPAConfigurableTolerance: boolean;
  /** `status.observedGeneration` is kept. Beta, on in 1.37. */
  readonly HPAGeneration: boolean;
  /** An HPA with `minReplicas: 0` goes to zero and comes back. Beta, on in 1.37. */
  readonly HPAScaleToZero: boolean;
  /** A pod's own `spec.resources.requests` go before its containers'. On in 1.37. */
  readonly PodLevelResources: boolean;
}

/** A Kubernetes version's rules: the controller's flags and feature gates. */
export interface Profile {
  /** Kubernetes version whose controller this is, such as `1.37.2`. */
  readonly version: string;
  /** `--horizontal-pod-autoscaler-tolerance`: dead band around a usage ratio of 1, 0 or more. */
  readonly toleranceRatio: number;
  /** `--horizontal-pod-autoscaler-downscale-stabilization`, in seconds. */
  readonly downscaleStabilizationSeconds: number;
  /** `--horizontal-pod-autoscaler-cpu-initialization-period`, in seconds. */
  readonly cpuInitializationSeconds: number;
  /** `--horizontal-pod-autoscaler-initial-readiness-delay`, in seconds. */
  readonly initialReadinessDelaySeconds: number;
  /** `--horizontal-pod-autoscaler-sync-period`, in seconds: how far apart the caller makes its decisions. */
  readonly syncPeriodSeconds: number;
  /** `--feature-gates`, as far as they matter to the HPA. */
  readonly featureGates: FeatureGates;
}

/**
 * Kubernetes 1.37 with its default flags and gates.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/controller/podautoscaler/config/v1alpha1/defaults.go and
 * pkg/features/kube_features.go
 */
export const PROFILE_1_37: Profile = Object.freeze({
  version: '1.37.2',
  toleranceRatio: 0.1,
  downscaleStabilizationSeconds: 300,
  cpuInitializationSeconds: 300,
  initialReadinessDelaySeconds: 30,
  syncPeriodSeconds: 15,
  featureGates: Object.freeze({
    HPAConfigurableTolerance: true,
    HPAGeneration: true,
    HPAScaleToZero: true,
    PodLevelResources: true,
  }),
});
