import { labelKeyProblems } from '@bellows/core';
import { invalid, type HpaProblem } from './hpa-problem.ts';

/** Resources that a container can request without a domain before the name. */
const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Other names without a domain that Kubernetes knows, most of them for quotas. */
const OTHER_RESOURCES = [
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
];

/**
 * Checks that a name is one of a resource that a container can request.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateContainerResourceName
 */
export function validateContainerResourceName(field: string, name: string): readonly HpaProblem[] {
  const malformed = labelKeyProblems(name).map((detail) => invalid(field, name, detail));
  const problems = [...malformed];
  if (!name.includes('/')) {
    const isContainerResource = CONTAINER_RESOURCES.includes(name) || name.startsWith('hugepages-');
    const isKnown =
      isContainerResource ||
      OTHER_RESOURCES.includes(name) ||
      name.startsWith('requests.hugepages-');
    if (malformed.length === 0 && !isKnown) {
      problems.push(invalid(field, name, 'must be a standard resource type or fully qualified'));
    }
    if (!isContainerResource) {
      problems.push(invalid(field, name, 'must be a standard resource for containers'));
    }
  } else if (!name.includes('kubernetes.io/') && !isExtendedResource(name)) {
    problems.push(invalid(field, name, "doesn't follow extended resource name standard"));
  }
  return problems;
}

/** A name outside Kubernetes' own domain that a quota can count, with `requests.` before it. */
function isExtendedResource(name: string): boolean {
  return !name.startsWith('requests.') && labelKeyProblems(`requests.${name}`).length === 0;
}
