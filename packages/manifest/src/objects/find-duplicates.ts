import { FieldPath } from '../problem/field-path.ts';
import { offsetOf } from '../problem/object-report.ts';
import type { Problem } from '../problem/problem.ts';
import type { ReadObject } from './read-object.ts';

const NAME = FieldPath.root.child('metadata', 'name');

/** Objects of the same kind, namespace and name as an earlier one. */
export function findDuplicates(read: readonly ReadObject[]): readonly Problem[] {
  const first = new Map<string, ReadObject>();
  return read.flatMap((one) => {
    const { object, source, root } = one;
    if (object === undefined || object.metadata.name === '') return [];
    const { name, namespace } = object.metadata;
    const key = JSON.stringify([object.kind, namespace, name]);
    const earlier = first.get(key)?.object;
    if (earlier === undefined) {
      first.set(key, one);
      return [];
    }
    return {
      place: source.place(offsetOf(root, NAME), NAME.toString()),
      object: `${object.kind} ${name}`,
      message: `Duplicate value: ${object.kind} ${namespace}/${name} is also in ${earlier.source.file}:${earlier.source.line}`,
      remedy: 'Remove or rename one of the two.',
    };
  });
}
