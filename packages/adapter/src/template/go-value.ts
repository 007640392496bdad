/**
 * A value of Go as templates meet it: string, int (bigint), float64 (number), bool, slice, map with string
 * keys, struct, nil (`null`), and no value at all (`undefined`), which is what a map lacks.
 */
export type GoValue =
  | string
  | bigint
  | number
  | boolean
  | readonly GoValue[]
  | ReadonlyMap<string, GoValue>
  | GoStruct
  | null
  | undefined;

/** A struct: its fields in the order of their declaration. */
export class GoStruct {
  readonly fields: ReadonlyMap<string, GoValue>;

  constructor(fields: Readonly<Record<string, GoValue>>) {
    this.fields = new Map(Object.entries(fields));
  }
}

/** Go's name of a value's type, as errors and `%T` tell it. */
export function goTypeName(value: GoValue): string {
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof GoStruct) return 'struct';
  if (value instanceof Map) return 'map[string]string';
  return value === null || value === undefined ? 'nil' : '[]string';
}

/** Whether a list is meant; `Array.isArray` does not narrow readonly arrays. */
export function isSlice(value: GoValue): value is readonly GoValue[] {
  return Array.isArray(value);
}

/** Whether a map is meant. */
export function isMap(value: GoValue): value is ReadonlyMap<string, GoValue> {
  return value instanceof Map;
}

/** Keys of a map in Go's order: by their bytes, as printing and ranging take them. */
export function sortedKeys(map: ReadonlyMap<string, GoValue>): string[] {
  return [...map.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/**
 * Whether a value counts as true: not zero, not empty. A struct always does.
 *
 * @see golang/go go1.26 src/text/template/exec.go isTrue
 */
export function isTrue(value: GoValue): boolean {
  if (isSlice(value)) return value.length > 0;
  if (isMap(value)) return value.size > 0;
  return Boolean(value);
}
