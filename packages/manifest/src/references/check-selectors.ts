import { selectorFromLabelSelector, type LabelSelector, nearestSpelling } from '@bellows/core';
import type { Deployment, PodDisruptionBudget, Service } from '../kinds/kinds.ts';
import {
  areContainersSound,
  describeObject,
  didYouMean,
  mayBeUnread,
  objectsOf,
  podLabels,
  type Findings,
  type ReferenceScope,
} from './findings.ts';

/** Finds Services and budgets whose selector selects no pods, and target ports that no container has. */
export function checkSelectors(scope: ReferenceScope, findings: Findings): void {
  for (const service of objectsOf(scope, 'Service')) checkService(service, scope, findings);
  for (const budget of objectsOf(scope, 'PodDisruptionBudget'))
    checkBudget(budget, scope, findings);
  checkOverlaps(scope, findings);
}

function checkService(service: Service, scope: ReferenceScope, findings: Findings): void {
  const { selector, type } = service.spec;
  if (Object.keys(selector).length === 0 || type === 'ExternalName') return;
  if (!scope.isSound(service, 'spec.selector')) return;
  const { namespace } = service.metadata;
  const selected = deploymentsOf({ matchLabels: selector }, namespace, scope);
  if (selected.length > 0) {
    for (const deployment of selected) {
      if (!areContainersSound(scope, deployment, 'ports')) continue;
      checkTargetPorts(service, deployment, findings);
    }
  } else if (
    !selectsIgnored({ matchLabels: selector }, namespace, scope) &&
    !maySelectUnread(namespace, scope)
  ) {
    const message = `the selector ${JSON.stringify(selector)} matches the pods of no Deployment in namespace ${namespace}`;
    findings.problem(service, 'spec.selector', message, labelsRemedy(namespace, scope));
  }
}

function checkTargetPorts(service: Service, deployment: Deployment, findings: Findings): void {
  const names = deployment.spec.template.spec.containers.flatMap(({ ports }) =>
    ports.flatMap(({ name }) => name ?? []),
  );
  for (const [index, { targetPort }] of service.spec.ports.entries()) {
    if (typeof targetPort === 'number' || names.includes(targetPort)) continue;
    findings.problem(
      service,
      `spec.ports[${index}].targetPort`,
      `no container of ${describeObject(deployment)} has a port named ${JSON.stringify(targetPort)}`,
      `${didYouMean(nearestSpelling(targetPort, names))}${
        names.length === 0 ? 'Its ports have no names.' : `Named ports: ${names.join(', ')}.`
      }`,
    );
  }
}

function checkBudget(budget: PodDisruptionBudget, scope: ReferenceScope, findings: Findings): void {
  const { selector } = budget.spec;
  const { namespace } = budget.metadata;
  if (!scope.isSound(budget, 'spec.selector')) return;
  // Without a selector a budget selects nothing; with an empty one, everything.
  if (selector === undefined) {
    const message = 'without a selector it protects no pod.';
    findings.warning(budget, 'spec', message, 'Add spec.selector with the labels of the pods.');
    return;
  }
  if (deploymentsOf(selector, namespace, scope).length > 0) return;
  if (selectsIgnored(selector, namespace, scope)) return;
  const message = `its selector matches the pods of no Deployment in namespace ${namespace}.`;
  findings.warning(budget, 'spec.selector', message, labelsRemedy(namespace, scope));
}

/** Two Deployments that select each other's pods count and route to them together. */
function checkOverlaps(scope: ReferenceScope, findings: Findings): void {
  const sound = objectsOf(scope, 'Deployment').filter((one) => scope.isSound(one, 'spec.selector'));
  const deployments = sound.map((deployment) => ({
    deployment,
    selector: selectorFromLabelSelector(deployment.spec.selector),
    labels: podLabels(deployment),
  }));
  for (const [index, { deployment, selector, labels }] of deployments.entries()) {
    const { namespace } = deployment.metadata;
    const other = deployments
      .slice(0, index)
      .find(
        (earlier) =>
          earlier.deployment.metadata.namespace === namespace &&
          (selector.matches(earlier.labels) || earlier.selector.matches(labels)),
      );
    if (other === undefined) continue;
    findings.warning(
      deployment,
      'spec.selector',
      `its selector and that of ${describeObject(other.deployment)} match the same pods: an HPA of one counts the pods of both.`,
      'Give each a label of its own, in selector and template.',
    );
  }
}

function deploymentsOf(
  selector: LabelSelector,
  namespace: string,
  scope: ReferenceScope,
): readonly Deployment[] {
  const parsed = selectorFromLabelSelector(selector);
  return objectsOf(scope, 'Deployment', namespace).filter((one) => parsed.matches(podLabels(one)));
}

function selectsIgnored(
  selector: LabelSelector,
  namespace: string,
  scope: ReferenceScope,
): boolean {
  const parsed = selectorFromLabelSelector(selector);
  return scope.ignored.some(
    (one) =>
      one.namespace === namespace && one.podLabels !== undefined && parsed.matches(one.podLabels),
  );
}

/** Whether there are Deployments whose pods' labels could not be read. */
function maySelectUnread(namespace: string, scope: ReferenceScope): boolean {
  if (mayBeUnread(scope, { kind: 'Deployment', namespace })) return true;
  return objectsOf(scope, 'Deployment', namespace).some(
    (one) => !scope.isSound(one, 'spec.template.metadata.labels'),
  );
}

/** Deployments whose labels a remedy spells out. */
const SHOWN_DEPLOYMENTS = 3;

function labelsRemedy(namespace: string, scope: ReferenceScope): string {
  const deployments = objectsOf(scope, 'Deployment', namespace);
  if (deployments.length === 0) {
    return `There is no Deployment in namespace ${namespace}: add its manifest.`;
  }
  const labels = deployments
    .slice(0, SHOWN_DEPLOYMENTS)
    .map((one) => `${describeObject(one)} ${JSON.stringify(podLabels(one))}`);
  return `Labels of pods there: ${labels.join('; ')}.`;
}
