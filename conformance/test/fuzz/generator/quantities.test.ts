import { Quantity } from '@bellows/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyQuantity, inMilli, positiveQuantity } from '../../../src/fuzz/generator/quantities.ts';

describe('quantities', () => {
  test('can be read, and positive ones are above zero', () => {
    fc.assert(
      fc.property(anyQuantity, positiveQuantity, (any, positive) => {
        Quantity.parse(any.text);
        expect(Quantity.parse(positive.text).sign()).toBe(1);
      }),
    );
  });

  test('are written in thousandths where they are no whole number', () => {
    expect([1500, 2000, 0, -1].map((milli) => inMilli(milli).text)).toEqual([
      '1500m',
      '2',
      '0',
      '-1m',
    ]);
  });

  test('stay a quantity beyond what a number holds exactly', () => {
    expect(inMilli(Number.MAX_VALUE).text).toBe('9E');
  });
});
