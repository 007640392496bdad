import { invalid, type HpaProblem } from './hpa-problem.ts';

const NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const NAME_PATTERN = new RegExp(`^${NAME}$`);
const NAME_MAX_BYTES = 63;
const NAME_SHAPE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME}')`;
const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const SUBDOMAIN_PATTERN = new RegExp(`^${SUBDOMAIN}$`);
const SUBDOMAIN_MAX_BYTES = 253;

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
  const malformed = qualifiedNameProblems(name).map((detail) => invalid(field, name, detail));
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
  return !name.startsWith('requests.') && qualifiedNameProblems(`requests.${name}`).length === 0;
}

/** @see kubernetes/apimachinery v0.37.2 pkg/api/validate/content/kube.go IsLabelKey */
function qualifiedNameProblems(qualifiedName: string): readonly string[] {
  const parts = qualifiedName.split('/');
  if (parts.length > 2) {
    return [
      `a valid label key ${NAME_SHAPE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  const problems = parts.length === 2 ? prefixProblems(parts[0] ?? '') : [];
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > NAME_MAX_BYTES) {
    problems.push(`name part must be no more than ${NAME_MAX_BYTES} bytes`);
  }
  if (!NAME_PATTERN.test(name)) problems.push(`name part ${NAME_SHAPE}`);
  return problems;
}

function prefixProblems(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  const problems: string[] = [];
  if (prefix.length > SUBDOMAIN_MAX_BYTES) {
    problems.push(`prefix part must be no more than ${SUBDOMAIN_MAX_BYTES} bytes`);
  }
  if (!SUBDOMAIN_PATTERN.test(prefix)) {
    problems.push(
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
        `(e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
    );
  }
  return problems;
}
