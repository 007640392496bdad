import { describeNode } from '../yaml/manifest-node.ts';
import { stringShape } from './scalar-shapes.ts';
import type { Shape } from './shape.ts';

/** A list of one shape. An empty item (`-`) is a problem. */
export function listOf<T>(items: Shape<T>): Shape<readonly T[]> {
  const expected = 'a list';
  return {
    expected,
    zero: [],
    items,
    read: (node, path, reading) => {
      if (node.kind !== 'list') {
        const remedy = node.kind === 'map' ? 'Begin each item with "- ".' : undefined;
        reading.problem(path, `Expected ${expected}, got ${describeNode(node)}`, remedy);
        return [];
      }
      return node.items.map((item, index) => {
        const at = path.index(index);
        if (item.kind !== 'null') return items.read(item, at, reading);
        reading.problem(at, `Expected ${items.expected}, got nothing`, 'Remove the empty item.');
        return items.zero;
      });
    },
  };
}

/** A map from any text to one shape; a null value is the shape's zero, as in Go. */
export function mapOf<T>(items: Shape<T>): Shape<Readonly<Record<string, T>>> {
  const expected = 'a map';
  return {
    expected,
    zero: {},
    items,
    read: (node, path, reading) => {
      if (node.kind !== 'map') {
        reading.problem(path, `Expected ${expected}, got ${describeNode(node)}`);
        return {};
      }
      const pairs = [...node.entries].map(([key, { value }]) => [
        key,
        value.kind === 'null' ? items.zero : items.read(value, path.key(key), reading),
      ]);
      return Object.fromEntries(pairs) as Record<string, T>;
    },
  };
}

/** A list of strings. */
export const stringListShape: Shape<readonly string[]> = listOf(stringShape);

/** A map of strings: labels, annotations, data. */
export const stringMapShape: Shape<Readonly<Record<string, string>>> = mapOf(stringShape);
