import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BellowsError,
  intValueOf,
  parseIntOrString,
  parseIntOrStringJson,
  resolveFenceposts,
  scaledIntOrPercent,
} from '../../src/index.ts';

describe('scaledIntOrPercent', () => {
  test.each([
    [3, 10, 3, 3],
    ['25%', 10, 3, 2],
    ['150%', 4, 6, 6],
    ['-25%', 4, -1, -1],
    ['+025%', 4, 1, 1],
    ['-1%', 4, 0, -1],
  ])('%s of %d is %d rounded up and %d rounded down', (value, total, up, down) => {
    expect(scaledIntOrPercent(value, total, 'up')).toBe(up);
    expect(scaledIntOrPercent(value, total, 'down')).toBe(down);
  });

  test.each(['25', '25.5%', ' 25%', '%', '', '9223372036854775807%'])('refuses %j', (value) => {
    expect(() => scaledIntOrPercent(value, 1000, 'up')).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_INT_OR_PERCENT' }),
    );
  });

  test('any text is a count or an error that says so', () => {
    const near = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789%+-. ')),
      maxLength: 24,
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), near),
        fc.integer({ min: 0, max: 5000 }),
        (value, total) => {
          try {
            const up = scaledIntOrPercent(value, total, 'up');
            expect(up - scaledIntOrPercent(value, total, 'down')).toBeLessThanOrEqual(1);
          } catch (error) {
            expect(BellowsError.is(error)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('resolveFenceposts', () => {
  test('lets one pod be unavailable when rounding leaves none for both', () => {
    expect(resolveFenceposts('0%', '10%', 5)).toEqual({ surge: 0, unavailable: 1 });
    expect(resolveFenceposts('25%', '25%', 10)).toEqual({ surge: 3, unavailable: 2 });
    expect(resolveFenceposts(undefined, undefined, 3)).toEqual({ surge: 0, unavailable: 1 });
  });
});

describe('parseIntOrString', () => {
  test('is an integer where the text fits 32 bits', () => {
    expect(['5', '05', '25%', '2147483648'].map(parseIntOrString)).toEqual([
      5,
      5,
      '25%',
      '2147483648',
    ]);
  });
});

describe('parseIntOrStringJson', () => {
  test('reads integers, strings and null', () => {
    expect(['7', '"25%"', '"\\u0032"', 'null'].map(parseIntOrStringJson)).toEqual([
      7,
      '25%',
      '2',
      0,
    ]);
  });

  test.each(['1.5', '1e1', 'true', '{}', '2147483648', '"open', ''])('refuses %s', (json) => {
    expect(() => parseIntOrStringJson(json)).toThrow(
      expect.objectContaining({ code: 'ERR_CORE_INT_OR_PERCENT' }),
    );
  });
});

describe('intValueOf', () => {
  test('reads digits of either spelling, and 0 from other text', () => {
    expect([3, '12', '25%'].map(intValueOf)).toEqual([3, 12, 0]);
  });
});
