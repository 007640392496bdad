/** One thing in which an answer differs from the recorded one. */
export interface Mismatch {
  /** Which part of the answer, such as `milli` or `ticks[3].status.desiredReplicas`. */
  readonly field: string;
  /** The recorded answer, as text. */
  readonly expected: string;
  /** Our answer, as text. */
  readonly got: string;
}

/** What a check says of one line: no mismatches is a pass; a header line is no case. */
export type CheckResult = readonly Mismatch[] | 'no case';

/**
 * Compares our answer for one line of a file with the recorded one. Lines come in file order.
 *
 * @param line - The line's JSON value. An object without the keys of the suite's form is refused with
 * {@link formError}; any other error it throws is reported as a failed case.
 */
export type CheckLine = (line: Readonly<Record<string, unknown>>) => CheckResult;

/** A set of recorded answers and the code that they bind. */
export interface Suite {
  /** As named on the command line. */
  readonly name: string;
  /** One line for the help text. */
  readonly about: string;
  /** The repository's own copy: paths inside `conformance/vectors`; a folder means all its `.jsonl` files. */
  readonly files: readonly string[];
  /**
   * Starts reading one file: headers that a check remembers do not leave the file.
   *
   * @param file - Its path, for suites whose lines name other files beside it.
   */
  open(file: string): CheckLine;
}
