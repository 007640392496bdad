import { BellowsError, Quantity } from '@bellows/core';
import { invalid, type HpaProblem } from './hpa-problem.ts';

/** What the API server answers to a text that is no quantity. */
const NO_QUANTITY =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Checks that an optional quantity is above zero. */
export function validatePositiveQuantity(field: string, text: unknown): readonly HpaProblem[] {
  return validateQuantity(field, text, (sign) => (sign > 0 ? undefined : 'must be positive'));
}

/** Checks that an optional quantity is zero or above. */
export function validateNonnegativeQuantity(field: string, text: unknown): readonly HpaProblem[] {
  return validateQuantity(field, text, (sign) =>
    sign >= 0 ? undefined : 'must be greater than or equal to 0',
  );
}

function validateQuantity(
  field: string,
  text: unknown,
  judge: (sign: number) => string | undefined,
): readonly HpaProblem[] {
  if (text === undefined || text === null) return [];
  if (typeof text !== 'string') return [invalid(field, text, NO_QUANTITY)];
  const sign = signOf(text);
  const detail = sign === undefined ? NO_QUANTITY : judge(sign);
  return detail === undefined ? [] : [invalid(field, text, detail)];
}

function signOf(text: string): number | undefined {
  try {
    return Quantity.parse(text).sign();
  } catch (error) {
    if (BellowsError.is(error)) return undefined;
    throw error;
  }
}
