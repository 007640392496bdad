import { formatPlace, type Place } from '@bellows/core';

/** One thing that is wrong in a manifest. */
export interface Problem {
  /** File, line, column and the field's path, as far as they are known. */
  readonly place: Place;
  /** Kind and name of the object, such as `Deployment shop`; absent where no object was read yet. */
  readonly object?: string;
  /** What was expected and what came, in the API server's words where it has words. */
  readonly message: string;
  /** How to mend it: an imperative sentence. */
  readonly remedy?: string;
}

/** A problem as one line: `file:line:column field: message remedy`. */
export function formatProblem({ place, message, remedy }: Problem): string {
  const where = formatPlace(place);
  const sentence = /[.!?]$/.test(message) ? message : `${message}.`;
  return [where === '' ? sentence : `${where}: ${sentence}`, remedy]
    .filter((part) => part !== undefined)
    .join(' ');
}
