import { expect, test } from 'vitest';
import { validateInteger } from '../../src/validation/validate-number.ts';

const bounds = [
  { isBroken: (value: number) => value < 1, detail: 'must be greater than 0' },
  { isBroken: (value: number) => value < 0, detail: 'must not be negative' },
];

test.each([
  [undefined, []],
  [null, []],
  [1, []],
  [-1, ['Invalid value: -1: must be greater than 0']],
  [1.5, ['Invalid value: 1.5: must be a 32-bit integer']],
  ['3', ['Invalid value: "3": must be a 32-bit integer']],
  [2_147_483_648, ['Invalid value: 2147483648: must be a 32-bit integer']],
])('%j gives %j', (value, messages) => {
  expect(validateInteger('x', value, bounds).map(({ message }) => message)).toEqual(messages);
});
