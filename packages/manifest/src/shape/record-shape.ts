import { nearestSpelling } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import { describeNode, type ManifestNode, type MapNode } from '../yaml/manifest-node.ts';
import type { Reading } from './reading.ts';
import type { Field, FieldTable, Shape } from './shape.ts';

type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The value that a record of fields reads as: optional fields may be absent, all others are there. */
export type RecordValue<F extends Fields> = {
  readonly [Name in keyof F as F[Name]['isOptional'] extends true ? never : Name]: ValueOf<F[Name]>;
} & {
  readonly [Name in keyof F as F[Name]['isOptional'] extends true ? Name : never]?: ValueOf<
    F[Name]
  >;
};

/** Fields of Kubernetes that a record does not act on. */
export interface OtherFields {
  /** Name to a sentence that says what follows. */
  readonly ignored?: Readonly<Record<string, string>>;
  /** Name to a remedy; the field is an error. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** A map with known fields. A field that it does not know is a problem that names the nearest one. */
export function record<F extends Fields>(
  expected: string,
  fields: F,
  { ignored = {}, refused = {} }: OtherFields = {},
): Shape<RecordValue<F>> & { readonly fields: FieldTable } {
  const table: FieldTable = { done: fields, ignored, refused };
  return {
    expected,
    fields: table,
    zero: zeroOf(fields) as RecordValue<F>,
    read: (node, path, reading) => {
      if (node.kind === 'null') return zeroOf(fields) as RecordValue<F>;
      if (node.kind !== 'map') {
        reading.problem(path, `Expected ${expected}, got ${describeNode(node)}`);
        return zeroOf(fields) as RecordValue<F>;
      }
      reportOthers(node, path, table, reading);
      return readFields(node, path, fields, reading) as RecordValue<F>;
    },
  };
}

function zeroOf(fields: Fields): Record<string, unknown> {
  const entries = Object.entries(fields)
    .filter(([, field]) => !field.isOptional)
    .map(([name, field]) => [name, field.whenZero ?? field.shape.zero]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function readFields(
  node: MapNode,
  path: FieldPath,
  fields: Fields,
  reading: Reading,
): Record<string, unknown> {
  const value: Record<string, unknown> = zeroOf(fields);
  for (const [name, field] of Object.entries(fields)) {
    const given: ManifestNode | undefined = node.entries.get(name)?.value;
    if (given === undefined || given.kind === 'null') continue;
    const read = field.shape.read(given, path.child(name), reading);
    const isZero = read === field.shape.zero && field.whenZero !== undefined;
    value[name] = isZero ? field.whenZero : read;
  }
  return value;
}

function reportOthers(
  node: MapNode,
  path: FieldPath,
  { done, ignored, refused }: FieldTable,
  reading: Reading,
): void {
  const known = [...Object.keys(done), ...Object.keys(ignored), ...Object.keys(refused)];
  for (const [name, { value }] of node.entries) {
    const at = path.child(name);
    const isSaid = !isEmpty(value);
    if (Object.hasOwn(refused, name)) {
      if (isSaid) reading.problem(at, `Bellows does not support ${name}`, refused[name]);
    } else if (Object.hasOwn(ignored, name)) {
      if (isSaid) reading.ignored(at, ignored[name] ?? '');
    } else if (!Object.hasOwn(done, name)) {
      reportUnknown(name, known, at, reading);
    }
  }
}

/** `null`, `{}` and `[]` say nothing, and generated manifests are full of them. */
function isEmpty(node: ManifestNode): boolean {
  if (node.kind === 'map') return node.entries.size === 0;
  if (node.kind === 'list') return node.items.length === 0;
  return node.kind === 'null';
}

function reportUnknown(
  name: string,
  known: readonly string[],
  at: FieldPath,
  reading: Reading,
): void {
  const nearest = nearestSpelling(name, known);
  reading.unknownField(
    at,
    `unknown field ${JSON.stringify(name)}`,
    nearest === undefined
      ? `Known here: ${[...known].sort().join(', ')}.`
      : `Did you mean ${JSON.stringify(nearest)}?`,
  );
}
