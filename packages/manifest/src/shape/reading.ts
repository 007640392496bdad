import type { FieldPath } from '../problem/field-path.ts';

/** Where shapes report while they read. */
export interface Reading {
  /** Notes a problem of a field's value. */
  problem(path: FieldPath, message: string, remedy?: string): void;
  /** Notes a field that does not exist, at its name. */
  unknownField(path: FieldPath, message: string, remedy: string): void;
  /** Notes a field that Kubernetes has and Bellows does not act on. */
  ignored(path: FieldPath, why: string): void;
  /** Notes something to know about how a value is read. */
  remark(path: FieldPath, message: string, remedy?: string): void;
}
