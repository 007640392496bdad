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
  const explained = new Set(explanations.map(keyOf));
  const survived = new Set(survivors.map(keyOf));
  return {
    unexplained: survivors.filter((mutant) => !explained.has(keyOf(mutant))),
    stale: explanations.filter(
      (explanation) => files.includes(explanation.file) && !survived.has(keyOf(explanation)),
    ),
  };
}

/** A mutant without its line number, which each edit above it moves. */
function keyOf({ file, code, mutator, replacement }: Mutant | Explanation): string {
  return JSON.stringify([file, code, mutator, replacement]);
}
