import { describe, expect, test } from 'vitest';
import { parseQuantity } from '../../src/quantity/parse-quantity.ts';

describe('parseQuantity', () => {
  test('holds up to 18 digits as an int64 with a scale, more as a large decimal', () => {
    expect(parseQuantity('123456789012345678').amount.isLarge).toBe(false);
    expect(parseQuantity('1234567890123456789').amount).toEqual({
      unscaled: 1_234_567_890_123_456_789_000_000_000n,
      exponent: -9,
      isLarge: true,
    });
  });

  test('rounds what is finer than a billionth away from zero', () => {
    expect(parseQuantity('1e-30').amount.unscaled).toBe(1n);
    expect(parseQuantity('-1e-30').amount.unscaled).toBe(-1n);
  });

  test('caps binary amounts at the largest int64 and turns those below 1 into decimals', () => {
    expect(parseQuantity('16Ei').amount.unscaled).toBe(2n ** 63n - 1n);
    expect(parseQuantity('0.0001Ki').format).toBe('DecimalSI');
  });

  test.each(['.', '-', '+', '.k', 'e3', 'Ki'])('takes %s for zero, as upstream does', (text) => {
    expect(parseQuantity(text).amount.unscaled).toBe(0n);
  });

  test.each(['', ' 1', '1 ', '1 k', '1K', '1e', '--1', '1e3e3', '0x10', 'Pi', '1,5', '١'])(
    'refuses %j and shows it',
    (text) => {
      expect(() => parseQuantity(text)).toThrow(
        expect.objectContaining({
          code: 'ERR_CORE_QUANTITY',
          message: expect.stringContaining(JSON.stringify(text)) as string,
        }),
      );
    },
  );

  test('refuses text of more than 4096 characters without reading it', () => {
    expect(() => parseQuantity('9'.repeat(5000))).toThrow(/at most 4096 characters/);
  });
});
