/** A change of the code that no test noticed. */
export interface Mutant {
  /** Path of the source file from the repository's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line as it is, without indentation; the first, if the change goes over several. */
  readonly code: string;
  /** Kind of change: `EqualityOperator`. */
  readonly mutator: string;
  /** What the line becomes: with it the places of a line are told apart that are changed to the same. */
  readonly becomes: string;
}

/** Why a change that no test notices changes nothing. */
export interface Explanation {
  readonly file: string;
  /** The line as it is, without indentation; it may move. */
  readonly code: string;
  readonly becomes: string;
  /** In a sentence. */
  readonly why: string;
}
