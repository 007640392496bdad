import { expect, test } from 'vitest';
import {
  validateNonnegativeQuantity,
  validatePositiveQuantity,
} from '../../src/validation/validate-quantity.ts';

const NO_QUANTITY =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

test.each([
  [undefined, undefined, undefined],
  ['1n', undefined, undefined],
  ['0', 'must be positive', undefined],
  ['-1', 'must be positive', 'must be greater than or equal to 0'],
  ['many', NO_QUANTITY, NO_QUANTITY],
  [7, NO_QUANTITY, NO_QUANTITY],
])('%j', (text, positive, nonnegative) => {
  const expected = (detail: string | undefined) =>
    detail === undefined ? [] : [`Invalid value: ${JSON.stringify(text)}: ${detail}`];
  expect(validatePositiveQuantity('q', text).map(({ message }) => message)).toEqual(
    expected(positive),
  );
  expect(validateNonnegativeQuantity('q', text).map(({ message }) => message)).toEqual(
    expected(nonnegative),
  );
});
