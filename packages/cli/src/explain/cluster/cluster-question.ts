import type { Profile } from '@bellows/hpa';

/** Which cluster and HPA `bellows explain` is to look at, as the command line says. */
export interface ClusterQuestion {
  /** Undefined for kubectl's own choice. */
  readonly kubeconfig: string | undefined;
  /** Undefined for the kubeconfig's current context. */
  readonly context: string | undefined;
  /** Undefined for the context's namespace. */
  readonly namespace: string | undefined;
  /** What the controller manager was started with, as far as the user says; defaults for the rest. */
  readonly flags: ControllerFlags;
}

/** Flags of the controller manager, which its API does not show. */
export type ControllerFlags = Partial<
  Pick<
    Profile,
    | 'syncPeriodSeconds'
    | 'toleranceRatio'
    | 'downscaleStabilizationSeconds'
    | 'cpuInitializationSeconds'
    | 'initialReadinessDelaySeconds'
  >
>;

/** Whether the command line names a cluster, rather than leaving the choice open. */
export function namesCluster({ kubeconfig, context, namespace }: ClusterQuestion): boolean {
  return [kubeconfig, context, namespace].some((value) => value !== undefined);
}
