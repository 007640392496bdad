import { formatFloat } from '@bellows/exposition';
import { GoStruct, isMap, isSlice, sortedKeys, type GoValue } from './go-value.ts';

/**
 * A value as Go's `%v` prints it.
 *
 * @see golang/go go1.26 src/fmt/print.go
 */
export function printValue(value: GoValue): string {
  if (value === undefined) return '<no value>';
  if (value === null) return '<nil>';
  if (typeof value === 'number') return formatFloat(value);
  if (isSlice(value)) return `[${value.map(printValue).join(' ')}]`;
  if (isMap(value)) {
    const pairs = sortedKeys(value).map((key) => `${key}:${printValue(value.get(key))}`);
    return `map[${pairs.join(' ')}]`;
  }
  if (value instanceof GoStruct) return `{${[...value.fields.values()].map(printValue).join(' ')}}`;
  return String(value);
}

/** Values as Go's `fmt.Sprint` joins them: a space only between two of which neither is a string. */
export function printValues(values: readonly GoValue[]): string {
  return values
    .map((value, index) => {
      const before = values[index - 1];
      const isSpaced = index > 0 && typeof value !== 'string' && typeof before !== 'string';
      return `${isSpaced ? ' ' : ''}${printValue(value)}`;
    })
    .join('');
}
