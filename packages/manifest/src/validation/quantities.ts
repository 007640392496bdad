import { BellowsError, Quantity } from '@bellows/core';
import type { FieldPath } from '../problem/field-path.ts';
import type { ObjectReport } from '../problem/object-report.ts';

/** The quantity a text means, or undefined if it means none. */
export function tryQuantity(text: string): Quantity | undefined {
  try {
    return Quantity.parse(text);
  } catch (error) {
    if (BellowsError.is(error)) return undefined;
    throw error;
  }
}

/** Reports a text that is no quantity, or a negative one. */
export function checkQuantity(
  text: string,
  path: FieldPath,
  report: ObjectReport,
): Quantity | undefined {
  const quantity = tryQuantity(text);
  if (quantity === undefined) {
    report.invalid(path, text, ['must be a quantity'], remedyFor(text));
    return undefined;
  }
  if (quantity.sign() < 0) {
    report.invalid(path, text, ['must be greater than or equal to 0']);
    return undefined;
  }
  return quantity;
}

/** The usual slips: a space, a decimal comma, a unit's last letter too many or in the wrong case. */
function remedyFor(text: string): string {
  const repaired = text
    .replaceAll(' ', '')
    .replace(',', '.')
    .replace(
      /^([\d.]+)(k|m|g|t|p|e)(i?)b?$/i,
      (_all, digits: string, unit: string, binary: string) => {
        const prefix = binary === '' && unit.toLowerCase() === 'k' ? 'k' : unit.toUpperCase();
        return `${digits}${prefix}${binary.toLowerCase()}`;
      },
    );
  return repaired !== text && tryQuantity(repaired) !== undefined
    ? `Did you mean ${JSON.stringify(repaired)}?`
    : 'Write an amount such as 500m or 2 of CPU, 128Mi or 1Gi of memory.';
}
