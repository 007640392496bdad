/** Kinds of problems as the API server names them. */
export type HpaProblemKind = 'Required value' | 'Invalid value' | 'Unsupported value' | 'Forbidden';

/** Something that the API server would refuse a spec for. */
export interface HpaProblem {
  /** Path of the field, such as `spec.metrics[0].pods.target.averageValue`. */
  readonly field: string;
  /** Sort of problem; `message` begins with it. */
  readonly kind: HpaProblemKind;
  /** As the API server words it after the field: `Invalid value: 0: must be greater than 0`. */
  readonly message: string;
}

/** A field that must be set. */
export function required(field: string, detail = ''): HpaProblem {
  return problem(field, 'Required value', [detail]);
}

/** A field that must not be set. */
export function forbidden(field: string, detail: string): HpaProblem {
  return problem(field, 'Forbidden', [detail]);
}

/** A field with a value that is out of its range. */
export function invalid(field: string, value: unknown, detail: string): HpaProblem {
  return problem(field, 'Invalid value', [valueText(value), detail]);
}

/** A field with a value that is none of those there are; `supported` is sorted. */
export function unsupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): HpaProblem {
  const values = supported.map((known) => JSON.stringify(known)).join(', ');
  return problem(field, 'Unsupported value', [valueText(value), `supported values: ${values}`]);
}

function problem(field: string, kind: HpaProblemKind, details: readonly string[]): HpaProblem {
  return { field, kind, message: [kind, ...details].filter((part) => part !== '').join(': ') };
}

/** @see kubernetes/apimachinery v0.37.2 pkg/util/validation/field/errors.go ErrorBody */
function valueText(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}
