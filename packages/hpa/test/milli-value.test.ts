import { Quantity } from '@bellows/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapInt64 } from '../src/int64.ts';
import { milliValue, parseQuantity } from '../src/milli-value.ts';

test.each([
  ['250m', 250],
  ['1.5Gi', 1_610_612_736_000],
  ['100u', 1],
  ['-1n', -1],
  ['1e18', 0],
  ['0', 0],
  ['2k', 2_000_000],
  ['9007199254740993m', 9_007_199_254_740_993n],
  ['3', 3000],
  ['-', 0],
  ['m', 0],
  ['1.5', 1500],
  ['-5', -5000],
  ['9223372036854776', -9_223_372_036_854_775_616n],
])('reads %s as %d thousandths', (text, expected) => {
  expect(milliValue(text, 'value')).toBe(expected);
});

test('reads what is plain as all else is read', () => {
  const plain = fc.string({
    unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(plain, fc.constantFrom('', 'm'), (digits, suffix) => {
      const text = digits + suffix;
      expect(milliValue(text, 'value')).toBe(wrapInt64(Quantity.parse(text).milliValue()));
    }),
  );
});

test.each(['', 'abc', 'mm', '5:', ' 5'])('refuses %j', (text) => {
  expect(() => milliValue(text, 'value', 'web-0')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(`got ${JSON.stringify(text)}`) as string,
      place: { field: 'value of pod web-0' },
      remedy: 'Give the value as a Kubernetes quantity.',
    }),
  );
});

test('names the field of a text that is no quantity', () => {
  const refusal = { code: 'ERR_HPA_OBSERVATION', place: { field: 'usage of pod web-0' } };
  expect(() => parseQuantity('NaN', 'usage of pod web-0')).toThrow(
    expect.objectContaining(refusal),
  );
});
