import type { Place } from '@bellows/core';
import type { Reading } from '../shape/reading.ts';
import type { ManifestNode } from '../yaml/manifest-node.ts';
import type { SourceText } from '../yaml/source-text.ts';
import type { FieldPath } from './field-path.ts';
import type { ManifestWarning } from './manifest-warning.ts';
import type { Problem } from './problem.ts';
import { wording } from './wording.ts';

/** A field that was ignored, with the sentence that says what follows. */
export interface IgnoredField {
  readonly path: FieldPath;
  readonly why: string;
  readonly offset: number;
}

/** Collects what is wrong with one object, and finds the place of each field in its text. */
export class ObjectReport implements Reading {
  readonly source: SourceText;
  readonly root: ManifestNode;
  readonly problems: Problem[] = [];
  readonly warnings: ManifestWarning[] = [];
  readonly ignoredFields: IgnoredField[] = [];
  /** Every field with a problem. */
  readonly faults: FieldPath[] = [];
  /** Those of {@link faults} that do not exist: one of the fields beside it was meant. */
  readonly unknownFields: FieldPath[] = [];
  readonly #object: string;
  readonly #broken: FieldPath[] = [];

  /** @param object - Kind and name, for messages. */
  constructor(source: SourceText, root: ManifestNode, object: string) {
    this.source = source;
    this.root = root;
    this.#object = object;
  }

  problem(path: FieldPath, message: string, remedy?: string): void {
    this.#broken.push(path);
    this.#add(path, message, remedy);
  }

  unknownField(path: FieldPath, message: string, remedy: string): void {
    this.#broken.push(path);
    this.faults.push(path);
    this.unknownFields.push(path);
    const place = this.source.place(keyOffsetOf(this.root, path), path.toString());
    this.problems.push({ place, object: this.#object, message, remedy });
  }

  ignored(path: FieldPath, why: string): void {
    this.ignoredFields.push({ path, why, offset: this.#offset(path) });
  }

  remark(path: FieldPath, message: string, remedy?: string): void {
    this.warn('yaml', path, message, remedy);
  }

  /** Notes a value that validation refuses; said only once where the value could not even be read. */
  reject(path: FieldPath, message: string, remedy?: string): void {
    if (this.#broken.some((broken) => broken.overlaps(path))) return;
    this.#add(path, message, remedy);
  }

  /** {@link reject} with `Required value`. */
  require(path: FieldPath, detail?: string, remedy?: string): void {
    this.reject(path, wording.required(detail), remedy);
  }

  /** {@link reject} with one `Invalid value` for each detail. */
  invalid(
    path: FieldPath,
    value: string | number | boolean | object,
    details: readonly string[],
    remedy?: string,
  ): void {
    for (const detail of details) this.reject(path, wording.invalid(value, detail), remedy);
  }

  /** Notes something that does not stop a run. */
  warn(type: ManifestWarning['type'], path: FieldPath, message: string, remedy?: string): void {
    const place = this.source.place(this.#offset(path), path.toString());
    this.warnings.push({ type, message, places: [place], ...(remedy !== undefined && { remedy }) });
  }

  /**
   * Notes a problem inside a field's text, such as an annotation that is YAML itself. In a literal block it
   * is placed at its own line of the file, else at the field.
   */
  problemInside(path: FieldPath, inner: Problem): void {
    this.#broken.push(path);
    this.faults.push(path);
    const own = this.source.place(this.#offset(path), path.toString());
    const at = this.#blockPosition(path, inner.place);
    const field = [path.toString(), inner.place.field].filter((part) => part !== undefined);
    this.problems.push({
      place: { ...own, ...at, field: field.join(' ') },
      object: this.#object,
      message: inner.message,
      ...(inner.remedy !== undefined && { remedy: inner.remedy }),
    });
  }

  #blockPosition(path: FieldPath, { line = 1, column = 1 }: Place): Place {
    const node = nodeAt(this.root, path);
    if (node?.kind !== 'string' || node.isBlock !== true) return {};
    const { text } = this.source;
    const header = this.source.place(node.offset).line ?? 1;
    const firstLine = text.slice(text.indexOf('\n', node.offset) + 1);
    const indent = /^(?: *\n)*( *)/.exec(firstLine)?.[1]?.length ?? 0;
    return { line: header + line, column: column + indent };
  }

  #add(path: FieldPath, message: string, remedy: string | undefined): void {
    this.faults.push(path);
    this.problems.push({
      place: this.source.place(this.#offset(path), path.toString()),
      object: this.#object,
      message,
      ...(remedy !== undefined && { remedy }),
    });
  }

  #offset(path: FieldPath): number {
    return offsetOf(this.root, path);
  }
}

/**
 * Where a field is: its value if the value stands in the text, its key if the value is missing or begins a
 * block, the nearest enclosing key if the field is absent.
 */
export function offsetOf(root: ManifestNode, path: FieldPath): number {
  let node: ManifestNode = root;
  let { offset } = root;
  for (const step of path.steps) {
    if (node.kind === 'map') {
      const entry = node.entries.get(String(step));
      if (entry === undefined) return offset;
      node = entry.value;
      const isInline = node.kind !== 'map' && node.kind !== 'list' && node.kind !== 'null';
      offset = isInline ? node.offset : entry.keyOffset;
    } else if (node.kind === 'list' && typeof step === 'number') {
      const item: ManifestNode | undefined = node.items[step];
      if (item === undefined) return offset;
      node = item;
      ({ offset } = item);
    } else {
      return offset;
    }
  }
  return offset;
}

/** Where the key of a field is that stands in the text. */
function keyOffsetOf(root: ManifestNode, path: FieldPath): number {
  const parent = nodeAt(root, path.parent);
  const key = String(path.steps.at(-1) ?? '');
  const entry = parent?.kind === 'map' ? parent.entries.get(key) : undefined;
  return entry?.keyOffset ?? offsetOf(root, path);
}

/** The node of a field, or undefined if it is absent. */
export function nodeAt(root: ManifestNode, path: FieldPath): ManifestNode | undefined {
  let node: ManifestNode | undefined = root;
  for (const step of path.steps) {
    if (node?.kind === 'map') node = node.entries.get(String(step))?.value;
    else if (node?.kind === 'list' && typeof step === 'number') node = node.items[step];
    else return undefined;
  }
  return node;
}
