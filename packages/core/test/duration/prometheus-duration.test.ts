import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BellowsError,
  formatPrometheusDuration,
  parsePrometheusDuration,
} from '../../src/index.ts';

describe('parsePrometheusDuration', () => {
  test.each([
    ['15s', 15_000],
    ['1h30m', 5_400_000],
    ['5m10ms', 300_010],
    ['1y', 31_536_000_000],
    ['0', 0],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parsePrometheusDuration(text)).toBe(milliseconds);
  });

  test.each(['', '1', '30m1h', '1m1m', '1.5h', '-5m', '5m ', '1ns', '293y', '9'.repeat(50_000)])(
    'refuses %j',
    (text) => {
      expect(() => parsePrometheusDuration(text)).toThrow(
        expect.objectContaining({ code: 'ERR_CORE_DURATION' }),
      );
    },
  );

  test('any text is a duration or an error that says so', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789ywdhms ')), maxLength: 30 }),
        (text) => {
          try {
            expect(parsePrometheusDuration(text)).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(BellowsError.is(error)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('formatPrometheusDuration', () => {
  test('writes years and weeks only where nothing is left over', () => {
    expect(formatPrometheusDuration(90 * 86_400_000)).toBe('90d');
    expect(formatPrometheusDuration(14 * 86_400_000)).toBe('2w');
    expect(formatPrometheusDuration(0)).toBe('0s');
  });

  test('is read back as the same duration', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e12 }), (milliseconds) => {
        expect(parsePrometheusDuration(formatPrometheusDuration(milliseconds))).toBe(milliseconds);
      }),
    );
  });
});
