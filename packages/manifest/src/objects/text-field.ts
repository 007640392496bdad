import { FieldPath } from '../problem/field-path.ts';
import { nodeAt } from '../problem/object-report.ts';
import type { ManifestNode } from '../yaml/manifest-node.ts';

/** The text of a field that may not have been validated, or undefined if it is none. */
export function textField(node: ManifestNode, ...fields: readonly string[]): string | undefined {
  const value = nodeAt(node, FieldPath.root.child(...fields));
  return value?.kind === 'string' ? value.value : undefined;
}
