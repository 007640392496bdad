import { describe, expect, test } from 'vitest';
import { missing, observed, observedNumber } from '../src/index.ts';

describe('observedNumber', () => {
  test('a finite number is present, zero too', () => {
    expect(observedNumber(0, 5)).toEqual(observed(0, 5));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is missing',
    (value) => {
      expect(observedNumber(value, 5)).toEqual(missing(`value is ${value}`));
    },
  );
});
