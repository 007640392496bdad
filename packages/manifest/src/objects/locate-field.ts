import type { Place } from '@bellows/core';
import type { ManifestObject } from '../kinds/kinds.ts';
import { FieldPath } from '../problem/field-path.ts';
import { nodeAt, offsetOf } from '../problem/object-report.ts';
import type { ReadObject } from './read-object.ts';

/** Where a field of an object is. */
export interface LocatedField {
  /** Of the field, or of what encloses it where it is not written. */
  readonly place: Place;
  /** Whether the field is written in the manifest; undefined if that is not known. */
  readonly isWritten: boolean | undefined;
}

/** Finds a field, such as `spec.ports[0].targetPort`, of an object in its file. */
export type LocateField = (object: ManifestObject, field: string) => LocatedField;

/** Finds fields by the documents that the objects were read from. */
export function createLocator(read: readonly ReadObject[]): LocateField {
  const readByObject = new Map(
    read.flatMap((one) => (one.object === undefined ? [] : [[one.object, one] as const])),
  );
  return (object, field) => {
    const found = readByObject.get(object);
    if (found === undefined) return locateBySource(object, field);
    const path = FieldPath.parse(field);
    const node = nodeAt(found.root, path);
    return {
      place: found.source.place(offsetOf(found.root, path), field),
      isWritten: node !== undefined && node.kind !== 'null',
    };
  };
}

/** The place of an object whose text is not at hand: its file and first line. */
export const locateBySource: LocateField = ({ source: { file, line } }, field) => ({
  place: { file, line, field },
  isWritten: undefined,
});
