import { nearestSpelling } from '@bellows/core';
import type { Deployment, HorizontalPodAutoscaler } from '../kinds/kinds.ts';
import { checkRequests } from './check-requests.ts';
import {
  describeObject,
  didYouMean,
  type Findings,
  mayBeUnread,
  objectsOf,
  type ReferenceScope,
} from './findings.ts';

/** Finds autoscalers without a target, two on one target, and targets that they cannot measure. */
export function checkAutoscalers(scope: ReferenceScope, findings: Findings): void {
  const byTarget = new Map<string, HorizontalPodAutoscaler>();
  for (const hpa of objectsOf(scope, 'HorizontalPodAutoscaler')) {
    const { kind, name } = hpa.spec.scaleTargetRef;
    const key = JSON.stringify([hpa.metadata.namespace, kind, name]);
    const other = byTarget.get(key);
    // Of two with the same name, a cluster would have one.
    if (other !== undefined && scope.isSound(hpa, 'metadata.name')) {
      findings.problem(
        hpa,
        'spec.scaleTargetRef',
        `${describeObject(other)} scales ${kind} ${name} as well; with two, neither scales it (AmbiguousSelector)`,
        'Put the metrics of both into one HPA.',
      );
    }
    byTarget.set(key, hpa);
    const deployment = findTarget(hpa, scope, findings);
    if (deployment === undefined) continue;
    warnOfReplicas(deployment, hpa, scope, findings);
    checkRequests(hpa, deployment, { scope, findings });
  }
}

function findTarget(
  hpa: HorizontalPodAutoscaler,
  scope: ReferenceScope,
  findings: Findings,
): Deployment | undefined {
  const { kind, name } = hpa.spec.scaleTargetRef;
  const { namespace } = hpa.metadata;
  const deployments = objectsOf(scope, 'Deployment', namespace);
  const found = deployments.find((one) => one.metadata.name === name);
  if (kind === 'Deployment' && found !== undefined) return found;
  const isIgnored = scope.ignored.some(
    (one) => one.kind === kind && one.name === name && one.namespace === namespace,
  );
  if (isIgnored) {
    const remedy = 'Make it a Deployment to see it scale here.';
    findings.warning(
      hpa,
      'spec.scaleTargetRef',
      `its target ${kind} ${name} is not acted on.`,
      remedy,
    );
    return undefined;
  }
  const isKnown = scope.isSound(hpa, 'spec.scaleTargetRef');
  if (!isKnown || mayBeUnread(scope, { kind, namespace, name })) return undefined;
  const names = deployments.map((one) => one.metadata.name);
  const [field, remedy] =
    found === undefined
      ? ['name', `${didYouMean(nearestSpelling(name, names))}${namesOf(names, namespace)}`]
      : ['kind', 'Did you mean "Deployment"?'];
  const message = `no ${kind} ${JSON.stringify(name)} in namespace ${namespace}`;
  findings.problem(hpa, `spec.scaleTargetRef.${field}`, message, remedy);
  return undefined;
}

function namesOf(names: readonly string[], namespace: string): string {
  return names.length === 0
    ? `There is no Deployment in namespace ${namespace}: add its manifest.`
    : `Deployments in namespace ${namespace}: ${names.join(', ')}.`;
}

function warnOfReplicas(
  deployment: Deployment,
  hpa: HorizontalPodAutoscaler,
  { locate }: ReferenceScope,
  findings: Findings,
): void {
  const isWritten = locate(deployment, 'spec.replicas').isWritten ?? deployment.spec.replicas !== 1;
  if (!isWritten) return;
  findings.warning(
    deployment,
    'spec.replicas',
    `replicas is ${deployment.spec.replicas} while ${describeObject(hpa)} scales it: on a cluster, each apply resets what the HPA decided.`,
    'Remove spec.replicas.',
  );
}
