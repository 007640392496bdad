import { dns1123SubdomainProblems } from '../names/dns-names.ts';
import { utf8Length } from '../names/utf8-length.ts';

const NAME_PATTERN = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const NAME = new RegExp(`^(?:${NAME_PATTERN})$`);
const MAX_NAME_BYTES = 63;

const KEY_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${NAME_PATTERN}')`;
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${NAME_PATTERN})?')`;

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
  else if (utf8Length(name) > MAX_NAME_BYTES) {
    problems.push(`name part must be no more than ${MAX_NAME_BYTES} bytes`);
  }
  if (!NAME.test(name)) problems.push(`name part ${KEY_RULE}`);
  return problems;
}

function prefixProblems(prefix: string): string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return dns1123SubdomainProblems(prefix, 'bytes').map((problem) => `prefix part ${problem}`);
}

/**
 * What is wrong with a label's value, in the API server's words; empty when it is valid.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/api/validate/content/kube.go IsLabelValue
 */
export function labelValueProblems(value: string): string[] {
  const problems: string[] = [];
  if (utf8Length(value) > MAX_NAME_BYTES) {
    problems.push(`must be no more than ${MAX_NAME_BYTES} bytes`);
  }
  if (value !== '' && !NAME.test(value)) problems.push(VALUE_RULE);
  return problems;
}
