import { FieldPath } from '../problem/field-path.ts';
import { nodeAt } from '../problem/object-report.ts';
import type { ManifestNode } from '../yaml/manifest-node.ts';
import { textField } from './text-field.ts';

/** An object of a kind that is not acted on, as far as others may refer to it. */
export interface IgnoredObject {
  /** As written, such as `batch/v1`. */
  readonly apiVersion: string;
  /** As written, such as `StatefulSet`. */
  readonly kind: string;
  /** Empty if it has none. */
  readonly name: string;
  /** `default` if it has none. */
  readonly namespace: string;
  /** Labels of the pods it would make, if it makes any. */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Where the kinds that make pods keep the pods' labels. */
const POD_LABELS = [
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'],
] as const;

/** What others may refer to in an object that is not acted on. */
export function ignoredObject(root: ManifestNode, apiVersion: string, kind: string): IgnoredObject {
  const podLabels = POD_LABELS.filter(([first]) => (kind === 'Pod') === (first === 'metadata'))
    .map((fields) => nodeAt(root, FieldPath.root.child(...fields)))
    .find((node) => node?.kind === 'map');
  return {
    apiVersion,
    kind,
    name: textField(root, 'metadata', 'name') ?? '',
    namespace: textField(root, 'metadata', 'namespace') ?? 'default',
    ...(podLabels?.kind === 'map' && { podLabels: textsOf(podLabels.entries) }),
  };
}

function textsOf(
  entries: ReadonlyMap<string, { readonly value: ManifestNode }>,
): Record<string, string> {
  const texts = [...entries].flatMap(([key, { value }]) =>
    value.kind === 'string' ? [[key, value.value] as const] : [],
  );
  return Object.fromEntries(texts);
}
