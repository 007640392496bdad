import { labelKeyProblems, type Quantity, nearestSpelling } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { mapOf } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { quantityShape } from '../shape/scalar-shapes.ts';
import { plain, type Shape } from '../shape/shape.ts';
import { checkQuantity } from '../validation/quantities.ts';

/** Resources as they are written: name to quantity. */
export interface GivenResources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** `v1 ResourceRequirements`. */
export const resourcesShape: Shape<GivenResources> = record(
  'a map with requests and limits',
  { requests: plain(mapOf(quantityShape)), limits: plain(mapOf(quantityShape)) },
  { ignored: { claims: 'Devices are not allocated here.' } },
);

/**
 * Resources with requests taken from limits where there is no request.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Pod
 */
export function buildResources({ requests, limits }: GivenResources): GivenResources {
  return { requests: { ...limits, ...requests }, limits };
}

/**
 * Reports what the API server refuses in resources.
 *
 * @see kubernetes/kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateResourceRequirements
 */
export function checkResources(
  { requests, limits }: GivenResources,
  path: FieldPath,
  report: ObjectReport,
): void {
  const limitOf = checkList(limits, path.child('limits'), report);
  const requestOf = checkList(requests, path.child('requests'), report);
  for (const [name, request] of requestOf) {
    const at = path.child('requests').key(name);
    const limit = limitOf.get(name);
    const isFixed = name.includes('/') || name.startsWith('hugepages-');
    if (limit === undefined) {
      if (isFixed) {
        report.require(path.child('limits'), 'Limit must be set for non overcommitable resources');
      }
    } else if (isFixed && request.compare(limit) !== 0) {
      report.invalid(at, requests[name] ?? '', [
        `must be equal to ${name} limit of ${limits[name] ?? ''}`,
      ]);
    } else if (request.compare(limit) > 0) {
      report.invalid(at, requests[name] ?? '', [
        `must be less than or equal to ${name} limit of ${limits[name] ?? ''}`,
      ]);
    }
  }
}

function checkList(
  amounts: Readonly<Record<string, string>>,
  path: FieldPath,
  report: ObjectReport,
): ReadonlyMap<string, Quantity> {
  const quantities = new Map<string, Quantity>();
  for (const [name, text] of Object.entries(amounts)) {
    const at = path.key(name);
    checkName(name, at, report);
    const quantity = checkQuantity(text, at, report);
    if (quantity === undefined) continue;
    quantities.set(name, quantity);
    if (name === 'memory' && !quantity.roundUp(0).exact) {
      report.warn(
        'kubernetes',
        at,
        `${at.toString()}: ${text} is a fraction of a byte; the suffix m means thousandths.`,
        'Write bytes, or an amount such as 128Mi.',
      );
    }
  }
  return quantities;
}

const STANDARD = ['cpu', 'memory', 'ephemeral-storage'];

function checkName(name: string, path: FieldPath, report: ObjectReport): void {
  const problems = labelKeyProblems(name);
  report.invalid(path, name, problems);
  if (problems.length > 0 || name.includes('/') || STANDARD.includes(name)) return;
  if (name.startsWith('hugepages-')) return;
  const nearest = nearestSpelling(name, STANDARD);
  report.invalid(
    path,
    name,
    ['must be a standard resource for containers'],
    nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
  );
}
