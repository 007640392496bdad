import { BellowsError, type ErrorCode } from '@bellows/core';

/** An answer: the keys that stand in a line beside its input. */
export type Answer = Record<string, unknown>;

/**
 * The recorded answer of a line: all but its kind, its group and its input. Of `err` only that there is
 * one is kept, since the words are ours.
 */
export function expectedAnswer(
  line: Readonly<Record<string, unknown>>,
  inputs: readonly string[],
): Answer {
  const left = Object.entries(line).filter(
    ([key]) => key !== 'k' && key !== 'fam' && !inputs.includes(key),
  );
  return Object.fromEntries(left.map(([key, value]) => [key, key === 'err' ? true : value]));
}

/** Our answer, or `{ err: true }` when it ends in the error that broken input is to give. */
export function answerOrError(code: ErrorCode, answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (BellowsError.is(error) && error.code === code) return { err: true };
    throw error;
  }
}
