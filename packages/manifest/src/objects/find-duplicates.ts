import { FieldPath } from '../problem/field-path.ts';
import { offsetOf } from '../problem/object-report.ts';
import type { Problem } from '../problem/problem.ts';
import type { ReadObject } from './read-object.ts';

/** The field that is at fault in a duplicate. */
export const duplicateFault: FieldPath = FieldPath.root.child('metadata', 'name');

/** Objects of the same kind, namespace and name as an earlier one, with what is to be said about each. */
export function findDuplicates(read: readonly ReadObject[]): ReadonlyMap<ReadObject, Problem> {
  const first = new Map<string, ReadObject>();
  const problems = new Map<ReadObject, Problem>();
  for (const one of read) {
    const { object, source, root } = one;
    if (object === undefined || object.metadata.name === '') continue;
    const { name, namespace } = object.metadata;
    const key = JSON.stringify([object.kind, namespace, name]);
    const earlier = first.get(key)?.object;
    if (earlier === undefined) {
      first.set(key, one);
      continue;
    }
    problems.set(one, {
      place: source.place(offsetOf(root, duplicateFault), duplicateFault.toString()),
      object: `${object.kind} ${name}`,
      message: `Duplicate value: ${object.kind} ${namespace}/${name} is also in ${earlier.source.file}:${earlier.source.line}`,
      remedy: 'Remove or rename one of the two.',
    });
  }
  return problems;
}
