import {
  intValueOf,
  parseIntOrString,
  parseIntOrStringJson,
  resolveFenceposts,
  scaledIntOrPercent,
  type IntOrString,
} from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import { answerOrError, expectedAnswer, type Answer } from '../expected-answer.ts';
import { formError } from '../form-error.ts';
import { integer, text } from '../line-fields.ts';
import type { Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

const INPUTS = ['in', 'total', 'maxSurge', 'maxUnavailable', 'desired'];

/** Integers and percentages: see `vectors/formats/README.md`. Of `err` only that there is one. */
export const intstrSuite: Suite = {
  name: 'intstr',
  about: 'integers or percentages, and the fenceposts of a rolling update',
  files: ['formats/intstr.jsonl'],
  open: () => (line) => {
    const answer = ANSWERS[String(line['k'])];
    if (answer === undefined) {
      throw formError(`k to be one of ${Object.keys(ANSWERS).join(', ')}`, line['k']);
    }
    const got = answerOrError('ERR_CORE_INT_OR_PERCENT', () => answer(line));
    return compareAnswers(expectedAnswer(line, INPUTS), got);
  },
};

const ANSWERS: Readonly<Record<string, (line: Line) => Answer>> = {
  scaled: (line) => {
    const value = intOrString(line, 'in') ?? 0;
    const total = integer(line, 'total');
    return {
      up: scaledIntOrPercent(value, total, 'up'),
      down: scaledIntOrPercent(value, total, 'down'),
    };
  },
  fenceposts: (line) => ({
    ...resolveFenceposts(
      intOrString(line, 'maxSurge'),
      intOrString(line, 'maxUnavailable'),
      integer(line, 'desired'),
    ),
  }),
  json: (line) => {
    const value = parseIntOrStringJson(text(line, 'in'));
    return { ...typed(value), out: JSON.stringify(value), intValue: intValueOf(value) };
  },
  parse: (line) => typed(parseIntOrString(text(line, 'in'))),
};

function typed(value: IntOrString): Answer {
  return { type: typeof value === 'number' ? 'int' : 'string', str: String(value) };
}

function intOrString(line: Line, key: string): IntOrString | undefined {
  const value = line[key];
  if (value === null) return undefined;
  return typeof value === 'number' ? value : text(line, key);
}
