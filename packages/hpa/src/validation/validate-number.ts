import { isInt32 } from '../int32.ts';
import { invalid, type HpaProblem } from './hpa-problem.ts';

/** A bound of an integer, with the API server's words for it. */
export interface IntegerBound {
  readonly isBroken: (value: number) => boolean;
  readonly detail: string;
}

/** Checks an optional int32 against bounds; the first one that is broken is named. */
export function validateInteger(
  field: string,
  value: unknown,
  bounds: readonly IntegerBound[],
): readonly HpaProblem[] {
  if (value === undefined || value === null) return [];
  if (!isInt32(value)) return [invalid(field, value, 'must be a 32-bit integer')];
  const broken = bounds.find(({ isBroken }) => isBroken(value));
  return broken === undefined ? [] : [invalid(field, value, broken.detail)];
}
