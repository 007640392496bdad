import { MANIFEST_LIMITS } from '../limits.ts';
import { FieldPath } from '../problem/field-path.ts';
import { nodeAt } from '../problem/object-report.ts';
import type { ManifestNode } from '../yaml/manifest-node.ts';
import type { ReadObject } from './read-object.ts';

/** What tells whether a field of an object can be relied on. */
export type Faults = Pick<ReadObject, 'root' | 'faults' | 'unknownFields'>;

/**
 * Whether a field, such as `spec.selector`, is what its author meant: neither it, nor what it is in, nor
 * anything in it has a problem, and it is not absent next to a field that does not exist.
 */
export function isSound({ root, faults, unknownFields }: Faults, field: string): boolean {
  if (faults.length === 0) return true;
  // Each question would compare with each of them: an object with so many is mended first.
  if (faults.length > MANIFEST_LIMITS.maxProblems) return false;
  const path = FieldPath.parse(field);
  if (faults.some((fault) => fault.overlaps(path))) return false;
  return !unknownFields.some(({ parent }) => isAbsentIn(parent, path, root));
}

/** Whether the step that leads from a map towards a field is not written. */
function isAbsentIn(map: FieldPath, path: FieldPath, root: ManifestNode): boolean {
  const step = path.steps[map.steps.length];
  if (step === undefined || !map.overlaps(path)) return false;
  return nodeAt(root, map.child(String(step))) === undefined;
}
