import type { ManifestDocument } from '../yaml/read-documents.ts';
import { textField } from './text-field.ts';

/** The objects of a `kind: List` (or `DeploymentList`, …) as documents of their own; else the document. */
export function expandLists(document: ManifestDocument): readonly ManifestDocument[] {
  const { root } = document;
  const kind = textField(root, 'kind');
  const items = root.kind === 'map' ? root.entries.get('items')?.value : undefined;
  if (kind?.endsWith('List') !== true || items?.kind !== 'list') return [document];
  return items.items.flatMap((item) => expandLists({ ...document, root: item }));
}
