import { utf8Length } from './utf8-length.ts';

const LABEL_PATTERN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN_PATTERN = `${LABEL_PATTERN}(\\.${LABEL_PATTERN})*`;
const MAX_LABEL_BYTES = 63;
const MAX_SUBDOMAIN_BYTES = 253;

const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and " +
  `end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL_PATTERN}')`;
const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and " +
  `end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN_PATTERN}')`;

/** How a rule words the unit of a length, which is bytes of UTF-8 in either case: upstream has two packages of rules. */
export type LengthWord = 'characters' | 'bytes';

/**
 * What is wrong with a DNS label, at most 63 bytes, as containers and Services have for a name: in the API server's
 * words; empty when it is valid.
 *
 * @param lengthWord - `bytes` for the words of `content`. @defaultValue `characters`
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/validation.go and pkg/api/validate/content/dns.go
 * IsDNS1123Label
 */
export function dns1123LabelProblems(
  value: string,
  lengthWord: LengthWord = 'characters',
): string[] {
  const problems = lengthProblems(value, MAX_LABEL_BYTES, lengthWord);
  if (!isLabel(value)) {
    problems.push(isSubdomain(value) ? 'must not contain dots' : LABEL_RULE);
  }
  return problems;
}

/**
 * What is wrong with a DNS subdomain, at most 253 bytes, as most objects have for a name: in the API server's words;
 * empty when it is valid.
 *
 * @param lengthWord - `bytes` for the words of `content`. @defaultValue `characters`
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/validation.go and pkg/api/validate/content/dns.go
 * IsDNS1123Subdomain
 */
export function dns1123SubdomainProblems(
  value: string,
  lengthWord: LengthWord = 'characters',
): string[] {
  const problems = lengthProblems(value, MAX_SUBDOMAIN_BYTES, lengthWord);
  if (!isSubdomain(value)) problems.push(SUBDOMAIN_RULE);
  return problems;
}

function lengthProblems(value: string, maxBytes: number, lengthWord: LengthWord): string[] {
  return utf8Length(value) > maxBytes ? [`must be no more than ${maxBytes} ${lengthWord}`] : [];
}

/** As {@link LABEL_PATTERN}, in time linear in the length. */
function isLabel(value: string): boolean {
  return /^[-a-z0-9]+$/.test(value) && !value.startsWith('-') && !value.endsWith('-');
}

function isSubdomain(value: string): boolean {
  return value.split('.').every(isLabel);
}
