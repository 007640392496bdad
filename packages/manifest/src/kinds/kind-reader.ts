import { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';
import { record, type OtherFields, type RecordValue } from '../shape/record-shape.ts';
import { stringShape } from '../shape/scalar-shapes.ts';
import { plain, type Field, type FieldTable } from '../shape/shape.ts';
import { checkBellowsAnnotations } from '../annotations/check-bellows-annotations.ts';
import type { ManifestObject, ObjectBase, ObjectSource } from './kinds.ts';
import { checkMetadata, metadataShape } from './metadata.ts';

/** Reads the objects of one kind and version. */
export interface KindReader {
  readonly kind: string;
  readonly apiVersion: string;
  /** Every field of the kind, for the reference page. */
  readonly fields: FieldTable;
  /** Reads and validates one object; what is wrong is in the report. */
  read(report: ObjectReport, source: ObjectSource): ManifestObject;
}

/** What makes a kind. */
export interface KindDefinition<F extends Readonly<Record<string, Field<unknown>>>, T> {
  readonly kind: string;
  readonly apiVersion: string;
  /** Fields beside `apiVersion`, `kind` and `metadata`. */
  readonly fields: F;
  readonly otherFields?: OtherFields;
  /** The rule for the names of the kind. */
  readonly nameProblems: (name: string) => readonly string[];
  /** Puts the object together and fills in defaults that depend on several fields. */
  build(value: RecordValue<F>, base: ObjectBase, report: ObjectReport): T;
  /** Reports what the API server would refuse. */
  validate?(object: T, report: ObjectReport, value: RecordValue<F>): void;
}

/** Makes the reader of a kind. A kind is one file that calls this, and one line in `kind-readers.ts`. */
export function defineKind<
  F extends Readonly<Record<string, Field<unknown>>>,
  T extends ManifestObject,
>(definition: KindDefinition<F, T>): KindReader {
  const { kind, apiVersion, otherFields = {} } = definition;
  const header = {
    apiVersion: plain(stringShape),
    kind: plain(stringShape),
    metadata: plain(metadataShape),
  };
  const ignored = { status: 'It is written by controllers.', ...otherFields.ignored };
  const shape = record(
    `a ${kind}`,
    { ...header, ...definition.fields },
    { ...otherFields, ignored },
  );
  return {
    kind,
    apiVersion,
    fields: shape.fields,
    read: (report, source) => {
      const value = shape.read(report.root, FieldPath.root, report) as RecordValue<F> &
        RecordValue<typeof header>;
      const object = definition.build(value, { metadata: value.metadata, source }, report);
      checkMetadata(object.metadata, definition.nameProblems, report);
      checkBellowsAnnotations(
        object.metadata.annotations,
        kind,
        FieldPath.root.child('metadata', 'annotations'),
        report,
      );
      definition.validate?.(object, report, value);
      return object;
    },
  };
}
