import { Quantity, type QuantityFormat } from '@bellows/core';
import { compareAnswers } from '../compare-answers.ts';
import { answerOrError, expectedAnswer, type Answer } from '../expected-answer.ts';
import { formError } from '../form-error.ts';
import { goFloat } from '../go-float.ts';
import { integer, text } from '../line-fields.ts';
import type { CheckResult, Suite } from '../suite.ts';

type Line = Readonly<Record<string, unknown>>;

/** Kubernetes quantities: see `vectors/formats/README.md`. Of `err` only that there is one. */
export const quantitySuite: Suite = {
  name: 'quantity',
  about: 'Kubernetes quantities: text, values, arithmetic',
  files: ['formats/quantity.jsonl'],
  open: () => checkLine,
};

const INPUTS = ['in', 'a', 'b', 'n', 'scale'];

function checkLine(line: Line): CheckResult {
  const kind = String(line['k']);
  const answer = ANSWERS[kind];
  if (answer === undefined)
    throw formError(`k to be one of ${Object.keys(ANSWERS).join(', ')}`, kind);
  // In `parse` the format is part of the answer, in `newValue` and `newMilli` of the input.
  const expected = expectedAnswer(line, kind === 'parse' ? INPUTS : [...INPUTS, 'format']);
  if ('f64' in expected) expected['f64'] = goFloat(text(line, 'f64'));
  return compareAnswers(
    expected,
    answerOrError('ERR_CORE_QUANTITY', () => answer(line)),
  );
}

const ANSWERS: Readonly<Record<string, (line: Line) => Answer>> = {
  parse: (line) => parsed(Quantity.parse(text(line, 'in'))),
  cmp: (line) => ({ r: String(operand(line, 'a').compare(operand(line, 'b'))) }),
  add: (line) => sum(operand(line, 'a').add(operand(line, 'b'))),
  sub: (line) => sum(operand(line, 'a').sub(operand(line, 'b'))),
  mul: (line) => rounded(operand(line, 'a').mul(BigInt(text(line, 'n')))),
  scaled: (line) => ({ r: String(operand(line, 'a').scaledValue(integer(line, 'scale'))) }),
  roundUp: (line) => rounded(operand(line, 'a').roundUp(integer(line, 'scale'))),
  newValue: (line) => made(Quantity.fromInteger(BigInt(text(line, 'n')), formatOf(line))),
  newMilli: (line) => made(Quantity.fromMilli(BigInt(text(line, 'n')), formatOf(line))),
  newScaled: (line) => {
    const quantity = Quantity.fromScaled(BigInt(text(line, 'n')), integer(line, 'scale'));
    return { r: quantity.toString(), rformat: quantity.format };
  },
  json: (line) => {
    const quantity = Quantity.parseJson(text(line, 'in'));
    return { out: JSON.stringify(quantity), milli: String(quantity.milliValue()) };
  },
};

function operand(line: Line, key: string): Quantity {
  return Quantity.parse(text(line, key));
}

function formatOf(line: Line): QuantityFormat {
  const format = text(line, 'format');
  if (format === 'DecimalSI' || format === 'BinarySI' || format === 'DecimalExponent')
    return format;
  throw formError('format to be a quantity format', format);
}

function parsed(quantity: Quantity): Answer {
  const str = quantity.toString();
  const canon = quantity.canonical();
  return {
    format: quantity.format,
    str,
    canon: canon === str ? undefined : canon,
    value: String(quantity.value()),
    milli: String(quantity.milliValue()),
    int64: quantity.asInt64()?.toString(),
    f64: quantity.asApproximateNumber(),
    sign: quantity.sign(),
  };
}

function sum(quantity: Quantity): Answer {
  const { format: rformat } = quantity;
  return { r: quantity.toString(), rformat, milli: String(quantity.milliValue()) };
}

function rounded(result: { readonly quantity: Quantity; readonly exact: boolean }): Answer {
  return { r: result.quantity.toString(), exact: result.exact };
}

function made(quantity: Quantity): Answer {
  return { r: quantity.toString(), milli: String(quantity.milliValue()) };
}
