import { formatGoDuration, parseGoDuration } from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import { answerOrError, expectedAnswer, type Answer } from '../expected-answer.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { Suite } from '../suite.ts';

/** `metav1.Duration`: see `vectors/formats/README.md`. Of `err` only that there is one. */
export const durationSuite: Suite = {
  name: 'duration',
  about: 'Kubernetes durations (metav1.Duration)',
  files: ['formats/duration.jsonl'],
  open: () => (line) => {
    const kind = line['k'];
    if (kind === 'json') {
      const got = answerOrError('ERR_CORE_DURATION', () => parsed(text(line, 'in')));
      return compareAnswers(expectedAnswer(line, ['in']), got);
    }
    if (kind !== 'format') throw formError('k to be json or format', kind);
    const got = { str: formatGoDuration(BigInt(text(line, 'ns'))) };
    return compareAnswers(expectedAnswer(line, ['ns']), got);
  },
};

/** A JSON document is a duration if it is a string that is one; `null` is read as the empty string. */
function parsed(json: string): Answer {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { err: true };
  }
  if (typeof value !== 'string' && value !== null) return { err: true };
  const nanoseconds = parseGoDuration(value ?? '');
  return { ns: String(nanoseconds), str: formatGoDuration(nanoseconds) };
}
