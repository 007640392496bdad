import { labelKeyProblems, type ObjectMeta } from '@bellows/core';
import { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { wording } from '../problem/wording.ts';
import { stringMapShape } from '../shape/collection-shapes.ts';
import { record } from '../shape/record-shape.ts';
import { stringShape } from '../shape/scalar-shapes.ts';
import { orDefault, plain, type Shape } from '../shape/shape.ts';
import { checkLabels } from '../validation/labels.ts';
import { dns1123LabelProblems } from '../validation/names.ts';

/** Largest sum of all annotations' keys and values, in bytes. */
const MAX_ANNOTATIONS_BYTES = 256 * 1024;

const WRITTEN_BY_SERVER = 'It is written by the API server.';

/** Fields of metadata that only a stored object has. */
const STORED_FIELDS = {
  uid: WRITTEN_BY_SERVER,
  resourceVersion: WRITTEN_BY_SERVER,
  generation: WRITTEN_BY_SERVER,
  creationTimestamp: WRITTEN_BY_SERVER,
  deletionTimestamp: WRITTEN_BY_SERVER,
  deletionGracePeriodSeconds: WRITTEN_BY_SERVER,
  selfLink: WRITTEN_BY_SERVER,
  managedFields: WRITTEN_BY_SERVER,
  ownerReferences: 'No other object is owned or collected here.',
  finalizers: 'Nothing waits for finalizers here.',
} as const;

/** `metav1.ObjectMeta` of an object. */
export const metadataShape: Shape<ObjectMeta> = record(
  'a map with the name of the object',
  {
    name: plain(stringShape),
    namespace: orDefault(stringShape, 'default'),
    labels: plain(stringMapShape),
    annotations: plain(stringMapShape),
  },
  {
    ignored: STORED_FIELDS,
    refused: {
      generateName: 'Give the object a name: `kubectl apply` refuses generateName as well.',
    },
  },
);

/** `metadata` of a pod template: labels and annotations; its name and namespace mean nothing. */
export const templateMetadataShape: Shape<Pick<ObjectMeta, 'labels' | 'annotations'>> = record(
  'a map with labels and annotations',
  { labels: plain(stringMapShape), annotations: plain(stringMapShape) },
  {
    ignored: {
      ...STORED_FIELDS,
      name: "A pod's name is made from its Deployment's.",
      generateName: "A pod's name is made from its Deployment's.",
      namespace: "A pod is in its Deployment's namespace.",
    },
  },
);

/**
 * Reports what is wrong with an object's metadata.
 *
 * @param nameProblems - The rule for the kind's names.
 * @see kubernetes/apimachinery v0.37.2 pkg/api/validation/objectmeta.go
 */
export function checkMetadata(
  metadata: ObjectMeta,
  nameProblems: (name: string) => readonly string[],
  report: ObjectReport,
): void {
  const path = FieldPath.root.child('metadata');
  if (metadata.name === '') report.require(path.child('name'));
  else report.invalid(path.child('name'), metadata.name, nameProblems(metadata.name));
  const { namespace } = metadata;
  report.invalid(path.child('namespace'), namespace, dns1123LabelProblems(namespace));
  checkLabelsAndAnnotations(metadata, path, report);
}

/** Reports labels and annotations that the API server refuses. */
export function checkLabelsAndAnnotations(
  { labels, annotations }: Pick<ObjectMeta, 'labels' | 'annotations'>,
  path: FieldPath,
  report: ObjectReport,
): void {
  checkLabels(labels, path.child('labels'), report);
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    const at = path.child('annotations').key(key);
    // Annotations' keys follow the rule of labels, but for case.
    report.invalid(at, key, labelKeyProblems(key.toLowerCase()));
  }
  if (bytes > MAX_ANNOTATIONS_BYTES) {
    report.reject(path.child('annotations'), wording.tooLong(MAX_ANNOTATIONS_BYTES));
  }
}
