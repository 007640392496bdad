import type { ObjectReference, ScaleReading } from '@bellows/hpa';
import type { DeploymentController } from '../deployment/deployment-controller.ts';
import { isActive } from '../deployment/replica-set-step.ts';

/**
 * Finds the Deployment that an HPA of a namespace scales.
 *
 * @returns Undefined when there is none of that name, or the target is of another kind.
 */
export function findTarget(
  namespace: string,
  { kind, name }: ObjectReference,
  deployments: readonly DeploymentController[],
): DeploymentController | undefined {
  if (kind !== 'Deployment') return undefined;
  return deployments.find(
    ({ deployment: { metadata } }) => metadata.namespace === namespace && metadata.name === name,
  );
}

/**
 * The target's `/scale` subresource, or the API server's error when there is no such Deployment.
 *
 * @param target - What {@link findTarget} found for `reference`.
 */
export function observeScale(
  reference: ObjectReference,
  target: DeploymentController | undefined,
): ScaleReading {
  if (target === undefined) {
    return {
      error:
        reference.kind === 'Deployment'
          ? `deployments.apps "${reference.name}" not found`
          : `${reference.kind}/${reference.name} cannot be scaled here: only Deployments run on one machine`,
    };
  }
  return {
    specReplicas: target.desiredReplicas(),
    statusReplicas: target.pods().filter(isActive).length,
    selector: target.selector.toString(),
  };
}
