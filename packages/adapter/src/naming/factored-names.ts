import { escapeRe2 } from './label-matchers.ts';

/**
 * An expression that matches the names and nothing else, with the beginnings that they share written once:
 * `api-7d9f-(?:abcde|fghij)|web-1`. Names of pods of one ReplicaSet differ in their last five characters.
 */
export function factoredNames(names: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const prefix = name.slice(0, name.lastIndexOf('-') + 1);
    const rest = name.slice(prefix.length);
    const known = groups.get(prefix);
    if (known === undefined) groups.set(prefix, [rest]);
    else known.push(rest);
  }
  return [...groups]
    .map(([prefix, rests]) => {
      const anyOf = rests.map(escapeRe2).join('|');
      return rests.length === 1 ? escapeRe2(prefix) + anyOf : `${escapeRe2(prefix)}(?:${anyOf})`;
    })
    .join('|');
}
