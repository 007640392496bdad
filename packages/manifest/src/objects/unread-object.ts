import { KIND_READERS } from '../kinds/kind-readers.ts';
import type { ManifestNode } from '../yaml/manifest-node.ts';
import { textField } from './text-field.ts';

/** What is known of an object that could not be read as one of its kind; what is absent may be anything. */
export interface UnreadObject {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** What a document says of itself that could not be read as an object of any kind. */
export function unreadObject(root: ManifestNode): UnreadObject {
  const kind = textField(root, 'kind');
  const namespace = textField(root, 'metadata', 'namespace');
  const name = textField(root, 'metadata', 'name');
  // Any other kind is misspelt, else the object were one that is not acted on.
  const isKnown = KIND_READERS.some((reader) => reader.kind === kind);
  return {
    ...(kind !== undefined && isKnown && { kind }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}
