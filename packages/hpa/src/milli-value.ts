import { BellowsError, Quantity } from '@bellows/core';
import { wrapInt64, type Int64 } from './int64.ts';

/** Digits of a whole number whose thousandths a double surely holds exactly. */
const MAX_WHOLE_DIGITS = 12;
/** Digits of thousandths that a double surely holds exactly. */
const MAX_MILLI_DIGITS = 15;

const DIGIT_ZERO = 48;
const DIGIT_NINE = 57;
const LETTER_M = 109;

/**
 * Reads a quantity as the int64 of thousandths that the controller computes with.
 *
 * @param field - What the text is, for the error.
 * @param pod - Whose it is; undefined for none.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if the text is no quantity.
 */
export function milliValue(text: string, field: string, pod?: string): Int64 {
  return readPlain(text) ?? wrapInt64(parseQuantity(text, field, pod).milliValue());
}

/** Reads what nearly all quantities look like: digits, with or without an `m`. */
function readPlain(text: string): number | undefined {
  const isMilli = text.charCodeAt(text.length - 1) === LETTER_M;
  const digitCount = isMilli ? text.length - 1 : text.length;
  if (digitCount === 0 || digitCount > (isMilli ? MAX_MILLI_DIGITS : MAX_WHOLE_DIGITS)) {
    return undefined;
  }
  let value = 0;
  for (let index = 0; index < digitCount; index += 1) {
    const code = text.charCodeAt(index);
    if (code < DIGIT_ZERO || code > DIGIT_NINE) return undefined;
    value = value * 10 + (code - DIGIT_ZERO);
  }
  return isMilli ? value : value * 1000;
}

/**
 * Reads a quantity.
 *
 * @param field - What the text is, for the error.
 * @param pod - Whose it is; undefined for none.
 * @throws {@link BellowsError} `ERR_HPA_OBSERVATION` if the text is no quantity.
 */
export function parseQuantity(text: string, field: string, pod?: string): Quantity {
  try {
    return Quantity.parse(text);
  } catch (cause) {
    throw new BellowsError(
      'ERR_HPA_OBSERVATION',
      `Expected a quantity such as 250m or 3, got ${JSON.stringify(text)}`,
      {
        place: { field: pod === undefined ? field : `${field} of pod ${pod}` },
        remedy: 'Give the value as a Kubernetes quantity.',
        cause,
      },
    );
  }
}
