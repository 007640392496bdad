import { factoredNames } from '../naming/factored-names.ts';

/** Longest query that is sent for objects, in bytes: servers and what stands before them take as much. */
export const MAX_QUERY_BYTES: number = 8 * 1024;

/** A query and the objects that it is about. */
export interface NamedQuery {
  readonly query: string;
  readonly names: readonly string[];
}

/**
 * The queries for many objects, each of at most 8 KiB where a query for one object is. The names stand as upstream writes them while
 * that is short enough; else what they share is written once; else they are asked for in several queries.
 *
 * @param build - Makes the query of some of them; `expression` stands for the names.
 */
export function objectQueries(
  names: readonly string[],
  build: (names: readonly string[], expression?: string) => string,
): NamedQuery[] {
  const plain = build(names);
  if (names.length <= 1 || Buffer.byteLength(plain) <= MAX_QUERY_BYTES) {
    return [{ query: plain, names }];
  }
  const factored = build(names, factoredNames(names));
  if (Buffer.byteLength(factored) <= MAX_QUERY_BYTES) return [{ query: factored, names }];
  const middle = Math.ceil(names.length / 2);
  return [names.slice(0, middle), names.slice(middle)].flatMap((half) =>
    objectQueries(half, build),
  );
}
