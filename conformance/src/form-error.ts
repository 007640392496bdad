import { BellowsError } from '@bellows/core';

/** The error for a line that is not of the suite's form; the runner adds file and line. */
export function formError(expected: string, got: unknown): BellowsError {
  return new BellowsError(
    'ERR_CONFORMANCE_FILE',
    `Expected ${expected}, got ${got === undefined ? 'nothing' : JSON.stringify(got).slice(0, 80)}`,
    { remedy: 'Give files of the form that conformance/vectors holds for this suite.' },
  );
}
