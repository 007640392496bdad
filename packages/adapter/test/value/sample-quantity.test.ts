import { describe, expect, test } from 'vitest';
import { sampleQuantity } from '../../src/value/sample-quantity.ts';

function text(value: number, nan: 'missing' | 'zero' = 'missing'): string {
  const quantity = sampleQuantity(value, 5, nan);
  return quantity.kind === 'value' ? quantity.value.toString() : quantity.reason;
}

describe('sampleQuantity', () => {
  test.each([
    [0, '0'],
    [0.016, '16m'],
    [10.5, '10500m'],
    [1000, '1k'],
    [1_234_567, '1234567'],
    [0.0009, '0'],
    // 1.001 * 1000 is a little less than 1001.
    [1.001, '1'],
    [-0.5, '-500m'],
    [1e15, '1P'],
  ])('%d is %s', (value, quantity) => {
    expect(text(value)).toBe(quantity);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1e300, 9.3e15])('%d is missing', (value) => {
    expect(text(value)).toMatch(/^value/);
  });

  test('is zero for NaN only when that was asked for', () => {
    expect(text(Number.NaN, 'zero')).toBe('0');
    expect(text(Number.POSITIVE_INFINITY, 'zero')).toBe('value is Infinity');
  });
});
