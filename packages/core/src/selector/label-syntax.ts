const NAME_PATTERN = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const NAME = new RegExp(`^(?:${NAME_PATTERN})$`);
const SUBDOMAIN_PATTERN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const SUBDOMAIN = new RegExp(`^${SUBDOMAIN_PATTERN}$`);
const MAX_NAME_LENGTH = 63;
const MAX_SUBDOMAIN_LENGTH = 253;

const KEY_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME_PATTERN}')`;
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${NAME_PATTERN})?')`;
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN_PATTERN}')`;

/**
 * What is wrong with a label's key, in the API server's words; empty when it is valid.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/validate/content/kube.go IsLabelKey
 */
export function labelKeyProblems(key: string): string[] {
  const parts = key.split('/', 3);
  if (parts.length > 2) {
    return [
      `a valid label key ${KEY_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  const problems = parts.length === 2 ? prefixProblems(parts[0] ?? '') : [];
  if (name === '') problems.push('name part must be non-empty');
  else if (name.length > MAX_NAME_LENGTH) {
    problems.push(`name part must be no more than ${MAX_NAME_LENGTH} bytes`);
  }
  if (!NAME.test(name)) problems.push(`name part ${KEY_RULE}`);
  return problems;
}

function prefixProblems(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  const problems: string[] = [];
  if (prefix.length > MAX_SUBDOMAIN_LENGTH) {
    problems.push(`prefix part must be no more than ${MAX_SUBDOMAIN_LENGTH} bytes`);
  }
  // Beyond the length the pattern says nothing new.
  if (problems.length > 0 || !SUBDOMAIN.test(prefix))
    problems.push(`prefix part ${SUBDOMAIN_RULE}`);
  return problems;
}

/**
 * What is wrong with a label's value, in the API server's words; empty when it is valid.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/validate/content/kube.go IsLabelValue
 */
export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (value.length > MAX_NAME_LENGTH)
    problems.push(`must be no more than ${MAX_NAME_LENGTH} bytes`);
  if (value !== '' && !NAME.test(value)) problems.push(VALUE_RULE);
  return problems;
}
