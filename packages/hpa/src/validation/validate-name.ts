import { dns1123LabelProblems } from '@bellows/core';
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

/**
 * Checks that a name is a DNS label, as a container's is.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/validation.go IsDNS1123Label
 */
export function validateDnsLabel(field: string, name: string): readonly HpaProblem[] {
  return dns1123LabelProblems(name).map((detail) => invalid(field, name, detail));
}
