import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BellowsError, formatGoDuration, parseGoDuration } from '../../src/index.ts';

describe('parseGoDuration', () => {
  test.each([
    ['1.5h', 5_400_000_000_000n],
    ['2m30s', 150_000_000_000n],
    ['.5s', 500_000_000n],
    ['-5s', -5_000_000_000n],
    ['+1us', 1000n],
    ['1µs1μs', 2000n],
    ['0', 0n],
    ['-9223372036854775808ns', -(2n ** 63n)],
    ['0.3h', 1_080_000_000_000n],
  ])('%s is %d ns', (text, nanoseconds) => {
    expect(parseGoDuration(text)).toBe(nanoseconds);
  });

  test.each(['', '5', '1d', ' 5m', '1h 30m', '1e3s', '-', '.s', '9223372036854775808ns', 'm'])(
    'refuses %j',
    (text) => {
      expect(() => parseGoDuration(text)).toThrow(
        expect.objectContaining({ code: 'ERR_CORE_DURATION' }),
      );
    },
  );

  test('any text is a duration or an error that says so, also a long one', () => {
    const near = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789.+-hmsnuµ ')),
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        try {
          parseGoDuration(text);
        } catch (error) {
          expect(BellowsError.is(error)).toBe(true);
        }
      }),
    );
    expect(() => parseGoDuration('9'.repeat(100_000))).toThrow(BellowsError);
    expect(parseGoDuration(`${'0'.repeat(100_000)}1s`)).toBe(1_000_000_000n);
  });
});

describe('formatGoDuration', () => {
  test.each([
    [0n, '0s'],
    [1n, '1ns'],
    [1500n, '1.5µs'],
    [2_000_000n, '2ms'],
    [90_000_000_000n, '1m30s'],
    [3_600_000_000_000n, '1h0m0s'],
    [-(2n ** 63n), '-2562047h47m16.854775808s'],
  ])('%d ns is %s', (nanoseconds, text) => {
    expect(formatGoDuration(nanoseconds)).toBe(text);
  });

  test('is read back as the same duration', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (nanoseconds) => {
        expect(parseGoDuration(formatGoDuration(nanoseconds))).toBe(nanoseconds);
      }),
    );
  });
});
