import { formatPrometheusDuration, parsePrometheusDuration } from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import { answerOrError, expectedAnswer } from '../expected-answer.ts';
import { text } from '../line-fields.ts';
import type { Suite } from '../suite.ts';

/** Prometheus durations: see `vectors/formats/README.md`. Of `err` only that there is one. */
export const durationPrometheusSuite: Suite = {
  name: 'duration-prometheus',
  about: 'Prometheus durations',
  files: ['formats/duration-prometheus.jsonl'],
  open: () => (line) => {
    const input = text(line, 'in');
    const got = answerOrError('ERR_CORE_DURATION', () => {
      const milliseconds = parsePrometheusDuration(input);
      return { ms: String(milliseconds), str: formatPrometheusDuration(milliseconds) };
    });
    return compareAnswers(expectedAnswer(line, ['in']), got);
  },
};
