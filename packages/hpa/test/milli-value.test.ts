import { expect, test } from 'vitest';
import { milliValue, parseQuantity } from '../src/milli-value.ts';

test.each([
  ['250m', 250],
  ['1.5Gi', 1_610_612_736_000],
  ['100u', 1],
  ['-1n', -1],
  ['1e18', 0],
])('reads %s as %d thousandths', (text, expected) => {
  expect(milliValue(text, 'value')).toBe(expected);
});

test('names the field of a text that is no quantity', () => {
  const refusal = { code: 'ERR_HPA_OBSERVATION', place: { field: 'usage of pod web-0' } };
  expect(() => parseQuantity('NaN', 'usage of pod web-0')).toThrow(
    expect.objectContaining(refusal),
  );
});
