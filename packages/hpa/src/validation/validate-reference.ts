import { apiGroup, apiVersionProblem } from '../api-version.ts';
import type { ObjectReference } from '../hpa-spec.ts';
import { invalid, type HpaProblem } from './hpa-problem.ts';
import type { Loose } from './loose.ts';
import { validatePathSegment } from './validate-name.ts';

/**
 * Checks a reference to an object.
 *
 * @param allowCoreGroup - Whether the core group, which has no name, is a possible one.
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/autoscaling/validation/validation.go ValidateCrossVersionObjectReference
 */
export function validateReference(
  field: string,
  reference: Loose<ObjectReference>,
  allowCoreGroup: boolean,
): readonly HpaProblem[] {
  return [
    ...validatePathSegment(`${field}.kind`, reference.kind),
    ...validatePathSegment(`${field}.name`, reference.name),
    ...validateApiVersion(`${field}.apiVersion`, reference.apiVersion ?? '', allowCoreGroup),
  ];
}

function validateApiVersion(
  field: string,
  apiVersion: unknown,
  allowCoreGroup: boolean,
): readonly HpaProblem[] {
  if (typeof apiVersion !== 'string') return [invalid(field, apiVersion, 'must be a string')];
  const malformed = apiVersionProblem(apiVersion);
  if (malformed !== undefined) return [invalid(field, apiVersion, malformed)];
  return allowCoreGroup || apiGroup(apiVersion) !== ''
    ? []
    : [invalid(field, apiVersion, 'apiVersion must specify API group')];
}
