import {
  parseFieldSelector,
  parseLabelSelector,
  selectorFromLabelSelector,
  toLabelSelector,
  type LabelSelector,
  type Selector,
} from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import { answerOrError, expectedAnswer, type Answer } from '../expected-answer.ts';
import { formError } from '../form-error.ts';
import { text } from '../line-fields.ts';
import type { CheckLine, CheckResult, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;
type Labels = Readonly<Record<string, string>>;

interface Samples {
  readonly label: readonly Labels[];
  readonly field: readonly Labels[];
}

/** Label and field selectors: see `vectors/formats/README.md`. Of `err` only that there is one. */
export const selectorSuite: Suite = {
  name: 'selector',
  about: 'label selectors, their object form, and field selectors',
  files: ['formats/selector.jsonl'],
  open: createCheck,
};

function createCheck(): CheckLine {
  let samples: Samples | undefined;
  return (line) => {
    if (line['k'] === 'objects') {
      samples = readSamples(line);
      return 'no case';
    }
    if (samples === undefined) throw formError('a first line of kind objects', line['k']);
    return checkSelector(line, samples);
  };
}

function readSamples(line: Line): Samples {
  const { label, field } = line;
  if (Array.isArray(label) && Array.isArray(field)) {
    return { label: label as Labels[], field: field as Labels[] };
  }
  throw formError('label and field to be lists', line);
}

function checkSelector(line: Line, samples: Samples): CheckResult {
  const expected = expectedAnswer(line, ['in']);
  if ('labelSelectorErr' in expected) expected['labelSelectorErr'] = true;
  return compareAnswers(
    { reqs: 'err' in expected ? undefined : [], ...expected },
    answerOrError('ERR_CORE_SELECTOR', () => answerOf(line, samples)),
  );
}

function answerOf(line: Line, samples: Samples): Answer {
  switch (line['k']) {
    case 'label': {
      const selector = parseLabelSelector(text(line, 'in'));
      return { ...labelAnswer(selector, samples.label), ...objectForm(selector) };
    }
    case 'object': {
      const source = line['in'] as LabelSelector | null;
      return labelAnswer(selectorFromLabelSelector(source ?? undefined), samples.label);
    }
    case 'field':
      return fieldAnswer(text(line, 'in'), samples.field);
    default:
      throw formError('k to be objects, label, object or field', line['k']);
  }
}

function labelAnswer(selector: Selector, samples: readonly Labels[]): Answer {
  return {
    // Upstream shows a requirement's values as a set, but keeps repeated ones in its text.
    reqs: selector.requirements.map(({ key, operator, values }) => ({
      key,
      op: operator,
      values: [...new Set(values)],
    })),
    str: selector.toString(),
    empty: selector.isEmpty,
    nothing: selector.selectsNothing ? true : undefined,
    matches: samples.map((labels) => (selector.matches(labels) ? '1' : '0')).join(''),
  };
}

function objectForm(selector: Selector): Answer {
  const { err, labelSelector } = answerOrError('ERR_CORE_SELECTOR', () => ({
    labelSelector: toLabelSelector(selector),
  }));
  return err === true ? { labelSelectorErr: true } : { labelSelector };
}

function fieldAnswer(input: string, samples: readonly Labels[]): Answer {
  const selector = parseFieldSelector(input);
  return {
    reqs: selector.requirements.map(({ field, operator, value }) => ({
      field,
      op: operator,
      value,
    })),
    str: selector.toString(),
    empty: selector.isEmpty,
    matches: samples.map((fields) => (selector.matches(fields) ? '1' : '0')).join(''),
  };
}
