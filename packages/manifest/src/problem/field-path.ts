/** One step of a path: a field, an index of a list, or a key of a map. */
type Step = { readonly field: string } | { readonly index: number } | { readonly key: string };

/**
 * A field's place inside an object, written as the API server writes it:
 * `spec.containers[0].resources.limits[cpu]`.
 *
 * @see kubernetes/apimachinery v0.37.2 pkg/util/validation/field/path.go
 */
export class FieldPath {
  /** The object itself. */
  static readonly root: FieldPath = new FieldPath([]);

  readonly #steps: readonly Step[];

  private constructor(steps: readonly Step[]) {
    this.#steps = steps;
  }

  /** Reads a path in the written form; what is in brackets is an index if it is digits, else a key. */
  static parse(text: string): FieldPath {
    let path = FieldPath.root;
    for (const [, field, bracket] of text.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
      if (field !== undefined) path = path.child(field);
      else if (bracket !== undefined && /^\d+$/.test(bracket)) path = path.index(Number(bracket));
      else path = path.key(bracket ?? '');
    }
    return path;
  }

  /** The path of fields below this one. */
  child(...fields: readonly string[]): FieldPath {
    return new FieldPath([...this.#steps, ...fields.map((field) => ({ field }))]);
  }

  /** The path of an item of this list, from 0. */
  index(index: number): FieldPath {
    return new FieldPath([...this.#steps, { index }]);
  }

  /** The path of a key of this map. */
  key(key: string): FieldPath {
    return new FieldPath([...this.#steps, { key }]);
  }

  /** The path without its last step; the object's own is itself. */
  get parent(): FieldPath {
    return new FieldPath(this.#steps.slice(0, -1));
  }

  /** Names and indices from the object inwards. */
  get steps(): readonly (string | number)[] {
    return this.#steps.map((step) =>
      'index' in step ? step.index : 'key' in step ? step.key : step.field,
    );
  }

  /** Whether one of the two paths leads through the other, or they are the same. */
  overlaps(other: FieldPath): boolean {
    const [mine, theirs] = [this.steps, other.steps];
    const length = Math.min(mine.length, theirs.length);
    return mine.slice(0, length).every((step, index) => String(step) === String(theirs[index]));
  }

  /** The written form; empty for the object itself. */
  toString(): string {
    return this.#steps.reduce((text, step) => {
      if ('index' in step) return `${text}[${step.index}]`;
      if ('key' in step) return text === '' ? step.key : `${text}[${step.key}]`;
      return text === '' ? step.field : `${text}.${step.field}`;
    }, '');
  }
}
