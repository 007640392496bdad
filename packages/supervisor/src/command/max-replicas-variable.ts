import type { HorizontalPodAutoscaler, PodSpec } from '@bellows/manifest';

/** The variable that tells a container how many replicas there may be; @bellows/kit sizes pools by it. */
const MAX_REPLICAS_VARIABLE = 'BELLOWS_MAX_REPLICAS';

/**
 * Tells each container of a Deployment what its autoscaler's `maxReplicas` is, in `BELLOWS_MAX_REPLICAS`. What the
 * container's own `env` says counts more.
 *
 * @returns The same pod spec when no autoscaler scales the Deployment.
 */
export function tellMaxReplicas(
  podSpec: PodSpec,
  deployment: string,
  autoscalers: readonly HorizontalPodAutoscaler[],
): PodSpec {
  const autoscaler = autoscalers.find(
    ({ spec: { scaleTargetRef } }) =>
      scaleTargetRef.kind === 'Deployment' && scaleTargetRef.name === deployment,
  );
  if (autoscaler === undefined) return podSpec;
  const variable = { name: MAX_REPLICAS_VARIABLE, value: String(autoscaler.spec.maxReplicas) };
  const containers = podSpec.containers.map((container) => ({
    ...container,
    // Of several with one name the last counts.
    env: [variable, ...container.env],
  }));
  return { ...podSpec, containers };
}
