import { invalid, required, type HpaProblem } from './hpa-problem.ts';

/**
 * Checks that a name is there and can be a segment of a URL's path.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/validate/content/path.go IsPathSegmentName
 */
export function validatePathSegment(
  field: string,
  name: unknown,
  requiredDetail = '',
): readonly HpaProblem[] {
  if (name === undefined || name === null || name === '') return [required(field, requiredDetail)];
  if (typeof name !== 'string') return [invalid(field, name, 'must be a string')];
  if (name === '.' || name === '..') return [invalid(field, name, `may not be '${name}'`)];
  return ['/', '%']
    .filter((character) => name.includes(character))
    .map((character) => invalid(field, name, `may not contain '${character}'`));
}

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_LABEL_PATTERN = new RegExp(`^${DNS_LABEL}$`);
const DNS_SUBDOMAIN_PATTERN = new RegExp(`^${DNS_LABEL}(\\.${DNS_LABEL})*$`);
const DNS_LABEL_MAX_LENGTH = 63;

/**
 * Checks that a name is a DNS label, as a container's is.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/validation.go IsDNS1123Label
 */
export function validateDnsLabel(field: string, name: string): readonly HpaProblem[] {
  const problems: HpaProblem[] = [];
  if (name.length > DNS_LABEL_MAX_LENGTH) {
    problems.push(invalid(field, name, `must be no more than ${DNS_LABEL_MAX_LENGTH} characters`));
  }
  if (!DNS_LABEL_PATTERN.test(name)) {
    const detail = DNS_SUBDOMAIN_PATTERN.test(name)
      ? 'must not contain dots'
      : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
        `(e.g. 'my-name',  or '123-abc', regex used for validation is '${DNS_LABEL}')`;
    problems.push(invalid(field, name, detail));
  }
  return problems;
}
