import type { Explanation, Mutant } from './mutant.ts';

/** What is wrong with the survivors of a run. */
export interface Discrepancies {
  /** They survived, and nothing says why that is right. */
  readonly unexplained: readonly Mutant[];
  /** They explain what did not survive, or is not there any more. */
  readonly stale: readonly Explanation[];
}

/**
 * Compares the mutants that no test killed with the list of those that change nothing.
 *
 * @param files - The files that were mutated: explanations for others are left alone.
 */
export function compareSurvivors(
  survivors: readonly Mutant[],
  explanations: readonly Explanation[],
  files: readonly string[],
): Discrepancies {
  const open = [...explanations];
  const unexplained = survivors.filter((mutant) => {
    const index = open.findIndex((explanation) => keyOf(explanation) === keyOf(mutant));
    // One reason is for one mutant: a line that is there twice has two, and may need two.
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return { unexplained, stale: open.filter(({ file }) => files.includes(file)) };
}

/** A mutant without its line number, which each edit above it moves. */
function keyOf({ file, code, becomes }: Mutant | Explanation): string {
  return JSON.stringify([file, code, becomes]);
}
