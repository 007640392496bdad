import { isMap, isSlice, sortedKeys, type GoValue } from './go-value.ts';

/**
 * What a `range` goes through, as pairs of key and item: a list, a map by its keys in order, or the numbers below one.
 *
 * @param maxCount - Most numbers that are counted.
 * @returns Undefined for what no `range` goes through.
 */
export function rangeItems(
  value: GoValue,
  maxCount: number,
): readonly (readonly [GoValue, GoValue])[] | undefined {
  if (value === null || value === undefined) return [];
  if (isSlice(value)) return value.map((item, index) => [BigInt(index), item] as const);
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key)] as const);
  if (typeof value !== 'bigint') return undefined;
  const length = value > BigInt(maxCount) ? maxCount : Math.max(0, Number(value));
  return Array.from({ length }, (_item, index) => [BigInt(index), BigInt(index)] as const);
}
