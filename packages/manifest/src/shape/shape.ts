import type { FieldPath } from '../problem/field-path.ts';
import type { ManifestNode } from '../yaml/manifest-node.ts';
import type { Reading } from './reading.ts';

/**
 * Turns a node into a typed value. A node that does not fit is reported and read as `zero`, so that one
 * problem does not hide the next.
 */
export interface Shape<T> {
  /** What is expected, for 'expected …, got …'. */
  readonly expected: string;
  /** Go's zero value of the type: what an absent field is. */
  readonly zero: T;
  read(node: ManifestNode, path: FieldPath, reading: Reading): T;
  /** Fields of a record, for the reference page. */
  readonly fields?: FieldTable;
  /** What a list or map holds, for the reference page. */
  readonly items?: Shape<unknown>;
  /** Why a field of this shape is not acted on; only its presence matters. */
  readonly ignoredBecause?: string;
}

/** A field of a record. */
export interface Field<T, IsOptional extends boolean = boolean> {
  readonly shape: Shape<T>;
  /** Whether absence is told apart from zero. */
  readonly isOptional: IsOptional;
  /** Used when the field is absent or zero, as the API server's defaulting does. */
  readonly whenZero?: T;
}

/** What a record does with each field that Kubernetes has. */
export interface FieldTable {
  /** Acted on. */
  readonly done: Readonly<Record<string, Field<unknown>>>;
  /** Valid but not acted on, with the sentence that says what follows. */
  readonly ignored: Readonly<Record<string, string>>;
  /** Valid in Kubernetes, but a run would be wrong without it: an error with this remedy. */
  readonly refused: Readonly<Record<string, string>>;
}

/** A field whose absence is its zero value. */
export function plain<T>(shape: Shape<T>): Field<T, false> {
  return { shape, isOptional: false };
}

/** A field that stays undefined when it is absent. */
export function optional<T>(shape: Shape<T>): Field<T, true> {
  return { shape, isOptional: true };
}

/** A field that takes a default when it is absent or zero. */
export function orDefault<T>(shape: Shape<T>, whenZero: T): Field<T, false> {
  return { shape, isOptional: false, whenZero };
}

/** A field that is not acted on but whose presence matters: reads as true, and is named as ignored. */
export function presence(ignoredBecause: string): Shape<boolean> {
  return {
    expected: 'anything',
    zero: false,
    ignoredBecause,
    read: (_node, path, reading) => {
      reading.ignored(path, ignoredBecause);
      return true;
    },
  };
}

/** A field that is read and validated though nothing acts on it: named as ignored unless it is zero. */
export function unused<T>(shape: Shape<T>, ignoredBecause: string): Shape<T> {
  return {
    ...shape,
    ignoredBecause,
    read: (node, path, reading) => {
      const value = shape.read(node, path, reading);
      if (value !== shape.zero) reading.ignored(path, ignoredBecause);
      return value;
    },
  };
}
